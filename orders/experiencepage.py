"""The page of what was learned: plan against fact over some months, in pictures, tables and one sentence each."""

from django import forms

from balai import clock
from balai.formats import jam_kerja
from balai.forms import BalaiForm
from balai.months import Month
from orders.charts import RatioChart, ratio_chart
from orders.deadlines import OK, WAIT, Tag
from orders.experience import Experience, Learnt, Miss, learn
from orders.models import Order
from orders.queries import for_lists

PERIODS = (3, 6, 12, 24)  # months, this one included
STANDARD = 6
NEAR = 10  # percent off the plan that is called near


class PeriodForm(BalaiForm):
    """How far back to look."""

    bulan = forms.ChoiceField(
        label="Pesanan yang selesai dalam", choices=[(str(months), f"{months} bulan terakhir") for months in PERIODS]
    )


def asked_months(text: str | None) -> int:
    """The months that were asked for; the usual ones for anything else."""
    return next((months for months in PERIODS if str(months) == text), STANDARD)


def describe(months: int) -> dict:
    """The context of the page: the orders finished in this month and the ones before it. Seven queries."""
    last = first = Month.of(clock.today())
    for _ in range(months - 1):
        first = first.previous
    learnt = learn(first.start, last.end)
    return {
        "form": PeriodForm(initial={"bulan": str(months)}),
        "first": first,
        "last": last,
        "count": sum(month.orders for month in learnt.months),
        "groups": _groups(learnt),
        "months": learnt.months,
        "misses": _rows(learnt.misses),
    }


def _groups(learnt: Experience) -> list[dict]:
    return [
        {"title": title, "head": head, "rows": rows, "chart": _chart(key, title, rows), "says": _point(rows)}
        for key, title, head, rows in (
            ("bagian", "Menurut bagian kerja", "Bagian kerja", learnt.centres),
            ("jenis", "Menurut jenis pekerjaan", "Jenis pekerjaan", learnt.kinds),
        )
    ]


def _chart(key: str, title: str, rows: list[Learnt]) -> RatioChart | None:
    named = f"{title}, waktu nyata dibanding rencana"
    return ratio_chart(key, named, [(row.name, row.percent) for row in rows]) if rows else None


def _point(rows: list[Learnt]) -> str:
    """The one that is furthest off, in words."""
    if not rows:
        return ""
    furthest = max(rows, key=lambda row: abs(row.percent - 100))
    off = furthest.percent - 100
    if abs(off) <= NEAR:
        return f"Semuanya biasanya paling jauh {NEAR}% dari rencana."
    return f"Paling meleset: {furthest.name}, biasanya {abs(off)}% lebih {'lama' if off > 0 else 'cepat'} dari rencana."


def _rows(misses: list[Miss]) -> list[dict]:
    orders = {order.pk: order for order in for_lists(Order.objects.filter(pk__in=[miss.order for miss in misses]))}
    return [{"order": orders[miss.order], "miss": miss, "tag": _tag(miss)} for miss in misses]


def _tag(miss: Miss) -> Tag:
    longer = miss.minutes > 0
    return Tag(WAIT if longer else OK, f"{jam_kerja(abs(miss.minutes))} lebih {'lama' if longer else 'cepat'}")
