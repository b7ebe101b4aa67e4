"""What the buttons of the intake page do to what was typed, before it is judged or shown again."""

from django.http import QueryDict

from balai.formats import angka
from orders.customer_search import find_customers
from orders.forms.intake import ITEMS, LEFT_GOODS, NEW_CUSTOMER, ItemRow, ItemRows, LeftGoodsRows
from orders.models import Order

SEARCH, CHOOSE, CHANGE, REPEAT = "cari", "pakai", "ganti", "seperti"
MOST_FORMER = 5


def rearranged(typed: QueryDict) -> QueryDict:
    """What was typed, with a row more or less, another customer, or the things of a former order."""
    data = typed.copy()
    ItemRows.rearrange(data, ITEMS)
    LeftGoodsRows.rearrange(data, LEFT_GOODS)
    if CHOOSE in data:
        data["customer"] = data[CHOOSE]
    elif CHANGE in data:
        data["customer"] = ""
    elif REPEAT in data:
        _repeat(data)
    elif SEARCH in data and not data.get("customer"):
        _begin_customer(data)
    return data


def former_orders(customer_id: int, but_not: Order | None) -> list[Order]:
    """The latest orders of a customer that can be repeated."""
    orders = Order.objects.filter(customer=customer_id).exclude(title="")
    return list(orders.exclude(pk=but_not and but_not.pk).order_by("-id")[:MOST_FORMER])


def _begin_customer(data: QueryDict) -> None:
    """Nobody is found: what was searched for begins the new customer."""
    text = data.get("find", "").strip()
    begun = any(data.get(f"{NEW_CUSTOMER}-{name}") for name in ("name", "business", "phone", "address"))
    if text and not begun and not find_customers(text):
        is_number = not any(map(str.isalpha, text))
        data[f"{NEW_CUSTOMER}-{'phone' if is_number else 'name'}"] = text


def _repeat(data: QueryDict) -> None:
    """Put the things of a former order of the chosen customer below those that are typed already."""
    chosen, former = data.get("customer", ""), data[REPEAT]
    if not (chosen.isdecimal() and former.isdecimal()):
        return
    order = Order.objects.filter(pk=former, customer=chosen).first()
    if order is None:
        return
    own = [{name: getattr(item, name) for name in ItemRow.base_fields} for item in order.items.all()]
    rows = _typed_rows(data) + [row | {"quantity": angka(row["quantity"])} for row in own]
    for place, row in enumerate(rows):
        for name in ItemRow.base_fields:
            data[f"{ITEMS}-{place}-{name}"] = row[name]
    data[f"{ITEMS}-TOTAL_FORMS"] = str(len(rows))
    data.setdefault("service", order.service)


def _typed_rows(data: QueryDict) -> list[dict[str, str]]:
    total = data.get(f"{ITEMS}-TOTAL_FORMS", "")
    rows = [
        {name: data.get(f"{ITEMS}-{place}-{name}", "") for name in ItemRow.base_fields}
        for place in range(int(total) if total.isdecimal() else 0)
    ]
    return [row for row in rows if any(value for name, value in row.items() if name != "unit")]
