"""Bulk sample orders."""


def make_bulk(people, orders, seed):
    raise NotImplementedError
