"""A program of its own that draws one untrusted DXF: the file on stdin, the answer on stdout.

Never imported by the web process (`balai.reading` runs it): 26 KB of nested blocks can ask for 10⁸ lines.
Arguments: the page (there is one), and how many pixels the longer side of the picture gets.
The answer is one JSON line that says whether this is a DXF at all, written before anything is drawn; then the model
space in black on white as JPEG. Whatever goes wrong in drawing ends this program, and there is no picture.
"""

import io
import json
import math
import sys

from ezdxf import recover
from ezdxf.addons.drawing import Frontend, RenderContext
from ezdxf.addons.drawing.backend import Backend
from ezdxf.addons.drawing.config import BackgroundPolicy, ColorPolicy, Configuration, ImagePolicy, TextPolicy
from PIL import Image, ImageDraw

from balai.limits import limit_myself

ENTITIES, POINTS = 40_000, 400_000  # of the whole drawing, with all that its blocks are made of
MARGIN, FINE = 16, 2  # drawn so many times larger, then made smaller: smooth lines
INK, SOLID, AREA, PAPER = 0, 70, 200, 255
CODES = range(-5, 1072)  # group codes of the format
# Pictures that a DXF names are files of this computer: never opened.
LOOKS = Configuration(
    background_policy=BackgroundPolicy.WHITE,
    color_policy=ColorPolicy.BLACK,
    image_policy=ImagePolicy.IGNORE,
    text_policy=TextPolicy.OUTLINE,
    hatching_timeout=3,
)

Line = list[tuple[float, float]]


class TooMuch(Exception):
    """The drawing has more lines than a preview is worth."""


class Paper(Backend):
    """Collects what the drawing consists of, until it is too much."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.areas: list[tuple[Line, int]] = []
        self._left, self._entities = POINTS, ENTITIES

    def enter_entity(self, entity, properties) -> None:
        self._entities -= 1
        if self._entities < 0:
            raise TooMuch

    def exit_entity(self, entity) -> None: ...

    def draw_point(self, pos, properties) -> None:
        self.lines.append(self._taken([pos, pos]))

    def draw_line(self, start, end, properties) -> None:
        self.lines.append(self._taken([start, end]))

    def draw_path(self, path, properties) -> None:
        if len(path):
            self.lines.append(self._taken(path.flattening(self.config.max_flattening_distance)))

    def draw_filled_paths(self, paths, properties) -> None:
        """The outermost border encloses the area, those inside it are holes."""
        borders = [self._taken(path.flattening(self.config.max_flattening_distance)) for path in paths if len(path)]
        borders.sort(key=_spread, reverse=True)
        self.areas += [(border, PAPER if place else AREA) for place, border in enumerate(borders)]

    def draw_filled_polygon(self, points, properties) -> None:
        self.areas.append((self._taken(points.vertices()), SOLID))

    def draw_image(self, image_data, properties) -> None: ...

    def set_background(self, color) -> None: ...

    def clear(self) -> None: ...

    def finalize(self) -> None: ...

    def _taken(self, points) -> Line:
        line = []
        for point in points:
            self._left -= 1
            if self._left < 0 or not (math.isfinite(point.x) and math.isfinite(point.y)):
                raise TooMuch
            line.append((point.x, point.y))
        return line


def main() -> None:
    limit_myself()
    content, pixels = sys.stdin.buffer.read(), int(sys.argv[2])
    answer = {"dxf": is_dxf(content)}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
    sys.stdout.buffer.flush()
    if answer["dxf"]:
        sys.stdout.buffer.write(draw(content, pixels))


def is_dxf(content: bytes) -> bool:
    """Whether all of it is pairs of a group code and a value, up to the mark of its end and nothing behind."""
    if b"\0" in content:
        return False
    lines = io.BytesIO(content)
    for code in lines:
        value = lines.readline()
        try:
            if int(code) not in CODES:
                return False
        except ValueError:
            return False
        if int(code) == 0 and value.strip() == b"EOF":
            return not lines.read().strip()
    return False


def draw(content: bytes, pixels: int) -> bytes:
    """The model space as JPEG; empty when there is nothing in it. Raises whatever ezdxf raises, and TooMuch."""
    document, _ = recover.read(io.BytesIO(content))
    paper = Paper()
    Frontend(RenderContext(document), paper, config=LOOKS).draw_layout(document.modelspace())
    return paint(paper, pixels)


def paint(paper: Paper, pixels: int) -> bytes:
    """What was collected, with its longer side `pixels` long."""
    points = [point for line in (*paper.lines, *(border for border, _ in paper.areas)) for point in line]
    if not points:
        return b""
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    bottom, top = min(y for _, y in points), max(y for _, y in points)
    room, margin = FINE * (pixels - 2 * MARGIN), FINE * MARGIN
    scale = room / (max(right - left, top - bottom) or 1)

    def placed(line: Line) -> Line:
        return [((x - left) * scale + margin, (top - y) * scale + margin) for x, y in line]

    size = [round(span * scale) + 2 * margin for span in (right - left, top - bottom)]
    image = Image.new("L", size, PAPER)
    pen = ImageDraw.Draw(image)
    for border, shade in paper.areas:
        pen.polygon(placed(border), fill=shade)
    for line in paper.lines:
        pen.line(placed(line), fill=INK, width=2 * FINE, joint="curve")
    jpeg = io.BytesIO()
    image.reduce(FINE).save(jpeg, "JPEG", quality=80)
    return jpeg.getvalue()


def _spread(border: Line) -> float:
    across, along = [x for x, _ in border], [y for _, y in border]
    return (max(across) - min(across)) * (max(along) - min(along))


if __name__ == "__main__":
    main()
