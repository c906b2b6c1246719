"""What an office draws its charts with: primitives that take any figures and any dimension, and say what they show.

Each gives a ``Chart``: a drawing in the house theme, its message, a text alternative and the table beneath it, in the
paper's language. For a chart of another form there are the theme, ``split`` (the figures named) and ``Say`` (words).
"""

from zt_analysis.drawing import theme
from zt_analysis.drawing.bars import bars, part_of_whole, side_by_side
from zt_analysis.drawing.changes import before_after
from zt_analysis.drawing.chart import Chart, Drawn, finished
from zt_analysis.drawing.lines import lines, stock_and_flow
from zt_analysis.drawing.rates import rates
from zt_analysis.drawing.say import Say
from zt_analysis.drawing.series import Series, Split
from zt_analysis.drawing.shares import shares
from zt_analysis.drawing.split import Said, over, split

__all__ = [
    "Chart",
    "Drawn",
    "Said",
    "Say",
    "Series",
    "Split",
    "bars",
    "before_after",
    "finished",
    "lines",
    "over",
    "part_of_whole",
    "rates",
    "shares",
    "side_by_side",
    "split",
    "stock_and_flow",
    "theme",
]
