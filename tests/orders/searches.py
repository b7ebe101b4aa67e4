"""Sixty ways to ask for one order, as clerks type and scan them."""

from balai.kinds import Kind
from orders.models import Order

# Of an order that is paid and handed over.
KINDS = (Kind.ESTIMATE_SHEET, Kind.ORDER_LETTER, Kind.WORK_ORDER, Kind.RECEIPT, Kind.DELIVERY_NOTE)


def searches(order: Order) -> list[str]:
    """Sixty texts that mean this order: its number, its papers, codes, the telephone, names, things."""
    papers = {paper.document.kind: paper.document for paper in order.papers.select_related("document")}
    texts = [
        *_numbers(order.number),
        *(text for kind in KINDS for text in _paper_numbers(papers[kind].printed_number)),
        *_codes(papers[Kind.RECEIPT].code),
        *_phones(order.customer.phone.removeprefix("62")),
        *_names(order.customer.name, order.customer.business),
        *_things(order),
    ]
    assert len(texts) == len(set(texts)) == 60
    return texts


def _numbers(number: str) -> list[str]:
    padded, month, year = number.split("/")
    plain = padded.lstrip("0")
    return [
        number,
        number.lower(),
        f"No. {number}",
        f"nomor {plain}/{month}/{year}",
        f"{padded} {month} {year}",
        f"{padded}-{month}-{year}",
        f"00{plain}/{month}/{year}",
        f"{plain}/{year}",
        f"{plain} {year}",
        f"{plain}-{year}",
        f"{plain}.{year}",
        f"{year}/{plain}",
        f"{plain}/{year[2:]}",
    ]


def _paper_numbers(number: str) -> list[str]:
    padded, letters, month, year = number.split("/")
    plain = padded.lstrip("0")
    return [number, f"{plain} {letters.lower()} {month.lower()} {year}", f"{letters} {plain}/{year}"]


def _codes(code: str) -> list[str]:
    return [
        code,
        code.lower(),
        code.replace("-", ""),
        code.replace("-", " "),
        f"https://balai.example/verifikasi/{code}/",
        f"HTTPS://BALAI.EXAMPLE/VERIFIKASI/{code}",
        f"https>&&balai.example&verifikasi&{code.lower()}&",  # a scanner set to another keyboard
    ]


def _phones(national: str) -> list[str]:
    return [
        f"0{national}",
        f"62{national}",
        f"+62 {national[:3]}-{national[3:7]}-{national[7:]}",
        f"+62{national}",
        f"0{national[:3]} {national[3:7]} {national[7:]}",
        f"(0{national[:3]}) {national[3:]}",
        f"0{national[:3]}.{national[3:7]}.{national[7:]}",
        national,
        national[-8:],
        f"{national[-8:-4]} {national[-4:]}",
    ]


def _names(name: str, business: str) -> list[str]:
    words = name.split()
    return [
        name,
        name.upper(),
        " ".join(reversed(words)),
        f"  {words[0]}   {words[-1]} ",
        f"{words[0][:3]} {words[-1]}",
        f"{words[0][0]}{words[0][2]}{words[0][1]}{words[0][3:]} {words[-1]}",  # two letters changed places
        f"{words[0][0]}{words[0]} {words[-1]}",
        business,
        f"{business.split()[0]} {words[-1]}",
        f"{business.split()[1]} {words[0]} {words[-1]}",
    ]


def _things(order: Order) -> list[str]:
    thing, customer = order.items.first().name.split(), order.customer.name.split()
    return [
        f"{thing[0]} {customer[-1]}",
        f"{customer[-1]} {thing[-1].upper()}",
        f"{thing[0]} {customer[0]} {customer[-1]}",
        f"{' '.join(thing)} {customer[0]} {customer[-1]}",
        f"{thing[0][:4]} {customer[0][:3]} {customer[-1]}",
    ]
