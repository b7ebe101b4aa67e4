"""What came in of the year's target, month by month, and the plot of it."""

from collections import Counter
from dataclasses import dataclass
from itertools import accumulate

from django.db.models import Case, Sum, When

from balai import clock
from balai.formats import MONTHS, angka, rupiah
from balai.months import Month, Year
from finance.accounts import targets_of
from finance.models import PaymentLine
from finance.report import percent
from finance.sums import received_in

LEFT, RIGHT, TOP, BOTTOM = 52, 612, 36, 216  # of the plot, in the units of its viewBox
STEPS = (1, 2, 3, 5, 6, 8, 10)
LINES = 4
MILLION = 1_000_000


@dataclass(frozen=True)
class MonthFigure:
    """A month: rupiah received in it and to its end, and the even share of the target to its end."""

    month: Month
    received: int
    to_date: int
    target: int

    @property
    def percent(self) -> str:
        """Of the target to date."""
        return percent(self.to_date, self.target)


@dataclass(frozen=True)
class AccountFigure:
    account: str
    name: str
    target: int
    received: int

    @property
    def percent(self) -> str:
        return percent(self.received, self.target)


@dataclass(frozen=True)
class Realisation:
    """A tahun anggaran; `months` are those that have begun."""

    year: Year
    target: int
    months: list[MonthFigure]
    accounts: list[AccountFigure]

    @property
    def received(self) -> int:
        return sum(row.received for row in self.accounts)

    @property
    def percent(self) -> str:
        return percent(self.received, self.target)

    @property
    def sentence(self) -> str:
        """What the plot shows, in words."""
        if not self.months or not self.target:
            return "Target tahun ini belum diisi." if not self.target else ""
        last = self.months[-1]
        gap, until = last.to_date - last.target, MONTHS[last.month.number - 1]
        if not gap:
            return f"Tepat sesuai target sampai {until}."
        return f"{'Lebih' if gap > 0 else 'Kurang'} {rupiah(abs(gap))} dari target sampai {until}."

    @property
    def plot(self) -> "Plot":
        return Plot.of(self)


def realisation(year: Year) -> Realisation:
    """What the ledger says of this year. Two queries."""
    targets = targets_of(year.year)
    by_month, by_account = Counter[int](), Counter[str]()
    lines = PaymentLine.objects.filter(received_in(year, "payment__")).order_by()
    number = Case(*(When(payment__paid_at__lt=month.end, then=month.number) for month in year.months))
    for month, account, amount in (
        lines.annotate(number=number).values_list("number", "account_code").annotate(Sum("amount"))
    ):
        by_month[month] += amount
        by_account[account] += amount
    target = sum(each.amount for each in targets.values())
    begun = [month for month in year.months if month.start.date() <= clock.today()]
    sums = accumulate(by_month[month.number] for month in begun)
    return Realisation(
        year,
        target,
        [
            MonthFigure(month, by_month[month.number], to_date, target * month.number // 12)
            for month, to_date in zip(begun, sums, strict=True)
        ],
        [_account(code, targets, by_account) for code in sorted({*targets, *by_account})],
    )


def _account(code: str, targets: dict, received: Counter[str]) -> AccountFigure:
    target = targets.get(code)
    return AccountFigure(code, target.name if target else "", target.amount if target else 0, received[code])


@dataclass(frozen=True)
class Tick:
    label: str
    at: int


@dataclass(frozen=True)
class Plot:
    """Lines as SVG points: what came in to date, and the even way to the target."""

    line: str
    dash: str
    grid: list[Tick]
    names: list[Tick]
    end: tuple[int, int] | None
    end_label: str
    target_at: int
    target_label: str

    @classmethod
    def of(cls, year: Realisation) -> "Plot":
        values = [figure.to_date for figure in year.months]
        top = _ceiling(max([year.target, *values, MILLION]))
        points = [(_x(place), _y(value, top)) for place, value in enumerate(values)]
        ideal = [(_x(place), _y(year.target * (place + 1) // 12, top)) for place in range(12)]
        return cls(
            line=_points(points),
            dash=_points(ideal) if year.target else "",
            grid=[
                Tick(angka(top * step // LINES // MILLION), _y(top * step // LINES, top))
                for step in range(1, LINES + 1)
            ],
            names=[Tick(name[:3], _x(place)) for place, name in enumerate(MONTHS)],
            end=points[-1] if points else None,
            end_label=in_millions(values[-1]) if values else "",
            target_at=ideal[-1][1] - 8,
            target_label=f"target {in_millions(year.target)} juta" if year.target else "",
        )


def in_millions(amount: int) -> str:
    """`206,5` for Rp206.480.000."""
    tenths = round(amount / (MILLION // 10))
    whole, rest = divmod(abs(tenths), 10)
    return ("-" if tenths < 0 else "") + angka(whole) + (f",{rest}" if rest else "")


def _ceiling(amount: int) -> int:
    """A round sum of whole millions above it that LINES lines divide evenly."""
    step, unit = amount / LINES / MILLION, 1
    while step > 10 * unit:
        unit *= 10
    return LINES * MILLION * unit * next(each for each in STEPS if each * unit >= step)


def _x(place: int) -> int:
    return LEFT + round((RIGHT - 10 - LEFT) * place / 11)


def _y(amount: int, top: int) -> int:
    return BOTTOM - round((BOTTOM - TOP) * max(0, amount) / top)


def _points(points: list[tuple[int, int]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)
