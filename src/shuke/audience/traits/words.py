"""What is reckoned each night, in words: names, and definitions with the settings of that night."""

from collections.abc import Mapping
from types import MappingProxyType

from shuke.audience.rules.lifecycle import GROWING_DAYS, VISITS_DAYS, Grade, Stage
from shuke.audience.rules.loyalty import LEAST_PERIODS, PERIOD_DAYS, PERIODS
from shuke.audience.traits.keeping import ABSENT
from shuke.audience.traits.model import Run
from shuke.kernel.text import Text

_T = Text

STAGES: Mapping[str, Text] = MappingProxyType(
    {
        Stage.PROSPECT: _T("未购", "prospect"),
        Stage.NEW: _T("新客", "new"),
        Stage.GROWING: _T("成长", "growing"),
        Stage.MATURE: _T("成熟", "mature"),
        Stage.AT_RISK: _T("流失预警", "at risk"),
        Stage.LOST: _T("已流失", "lost"),
        Stage.WON_BACK: _T("挽回", "won back"),
        ABSENT: _T("尚未入会", "not a member yet"),
    }
)
GRADES: Mapping[str, Text] = MappingProxyType(
    {
        Grade.EXCITED: _T("兴奋", "excited"),
        Grade.ACTIVE: _T("活跃", "active"),
        Grade.IDLE: _T("惰性", "idle"),
        Grade.DORMANT: _T("休眠", "dormant"),
    }
)

STAGES_DEFINED: Mapping[str, Text] = MappingProxyType(
    {
        Stage.PROSPECT: _T("已入会，从未购买。", "A member who never bought."),
        Stage.NEW: _T("只在一天买过，且未超过其节奏的 1.5 倍。", "Bought on one day, at most 1½ rhythms ago."),
        Stage.GROWING: _T(
            f"在 2 至 {GROWING_DAYS} 天买过，且未超过其节奏的 1.5 倍。",
            f"Bought on 2 to {GROWING_DAYS} days, the last at most 1½ rhythms ago.",
        ),
        Stage.MATURE: _T(
            f"在超过 {GROWING_DAYS} 天买过，且未超过其节奏的 1.5 倍。",
            f"Bought on more than {GROWING_DAYS} days, the last at most 1½ rhythms ago.",
        ),
        Stage.AT_RISK: _T(
            "沉默超过其节奏的 1.5 倍，未到 3 倍。", "Silent for more than 1½ of her rhythms, and at most 3."
        ),
        Stage.LOST: _T("沉默超过其节奏的 3 倍。", "Silent for more than 3 of her rhythms."),
        Stage.WON_BACK: _T("流失之后又回来，两个节奏之内。", "Came back after having been lost, within 2 rhythms."),
        ABSENT: _T("当日尚未入会。", "Had not joined by that day."),
    }
)
GRADES_DEFINED: Mapping[str, Text] = MappingProxyType(
    {
        Grade.EXCITED: _T(
            f"{VISITS_DAYS} 天内至少来过两天，且至少是其节奏应有次数的两倍。",
            f"Came on at least two of the last {VISITS_DAYS} days, and twice as often as her rhythm lets expect.",
        ),
        Grade.ACTIVE: _T("沉默未超过一个节奏。", "Within her rhythm."),
        Grade.IDLE: _T("沉默超过一个节奏，未到三个。", "Beyond her rhythm, and not yet beyond three."),
        Grade.DORMANT: _T("从未购买，或沉默超过三个节奏。", "Never bought, or silent for more than three rhythms."),
    }
)


def rfm_defined(run: Run) -> dict[str, Text]:
    year = run.term("year")
    return {
        "members": _T(
            f"截至 {run.as_of}，近 {year} 天内买过的会员。", f"Who bought within {year} days of {run.as_of}."
        ),
        "recency": _T(
            "R：最近一次购买距今天数；越近分越高，五分位。",
            "R: days since the last purchase; the fewer the higher, in fifths.",
        ),
        "frequency": _T(
            f"F：近 {year} 天内有购买的天数，五分位。", f"F: days with a purchase within {year}, in fifths."
        ),
        "monetary": _T(
            f"M：近 {year} 天的销售额，减退货，五分位。", f"M: sales within {year} days less what came back, in fifths."
        ),
        "score": _T(
            "每超过一个阈值加一分，从 1 到 5；数值相同的会员同分，所以各档人数不一定相等。",
            "From 1 to 5, one more for each threshold passed; equal values score equally, so groups differ in size.",
        ),
    }


def pareto_defined(run: Run) -> dict[str, Text]:
    year = run.term("year")
    return {
        "curve": _T(
            f"近 {year} 天买过的会员按销售额从高到低排，前 x% 的会员贡献了 y% 的销售额。",
            f"Members who bought within {year} days, those who spent most first: the first x % make y % of the sales.",
        )
    }


def predictions_defined(run: Run) -> dict[str, Text]:
    ahead, margin, discount = run.term("ahead"), _percent(run.term("margin_bps")), _percent(run.term("discount_bps"))
    return {
        "alive": _T(
            "仍会再来的概率：按 BG/NBD 模型由购买次数、最近一次与已知时长推断；只买过一次的恒为 100%。",
            "The probability that she comes again: BG/NBD, from how often she bought, when last, and how long she is "
            "known. Who bought once only is at 100 %: read it with the lifecycle.",
        ),
        "expected": _T(f"未来 {ahead} 天预期购买的天数。", f"Days with a purchase expected in the next {ahead}."),
        "worth": _T(
            "每次购买的预期金额：按 Gamma-Gamma 模型，把她的均值与全体均值加权。",
            "What a purchase is expected to be worth: Gamma-Gamma, her own mean weighed with everybody's.",
        ),
        "clv": _T(
            f"会员价值：未来 {ahead} 天预期购买次数 × 每次预期金额 × 毛利率 {margin}%，按年 {discount}% 折现。",
            f"Value: purchases expected in {ahead} days × what one is worth × a margin of {margin} %, discounted at "
            f"{discount} % a year.",
        ),
    }


def lifecycle_defined(run: Run) -> dict[str, Text]:
    return {
        "rhythm": _T(
            f"节奏：她相邻两次购买日的平均间隔，与她常买品类的通常间隔（折合 {run.term('prior')} 次）加权。",
            f"Rhythm: the mean gap between her days of purchase, weighed with {run.term('prior')} gaps usual for the "
            "category she buys most.",
        ),
        "flow": _T(
            "流向：两个日期各自按当日已知的购买重新判定状态，逐人对照。",
            "Flow: where each member stood on both days, judged by what she had bought by then.",
        ),
    }


def loyalty_defined() -> dict[str, Text]:
    return {
        "loyalty": _T(
            f"忠诚：从首购到最近一购（最多 {PERIODS} 个 {PERIOD_DAYS} 天，至少按 {LEAST_PERIODS} 个计），购买期数占比；"
            "66% 以上为高，34% 以下为低。",
            f"Loyalty: in what share of the {PERIOD_DAYS}-day periods from her first purchase to her last (at most "
            f"{PERIODS}, counted as at least {LEAST_PERIODS}) she bought; high from 66 %, low below 34 %.",
        ),
        "activity": _T("活跃度：看现在，按她自己的节奏。", "Activity: how she is now, by her own rhythm."),
        "place": _T(
            "品类与门店：以会员最常买的品类、最常去的门店归类；诊断取其比全体高出最多的一类。",
            "Categories and stores: members by the one they prefer; the diagnosis is that of which there are most more "
            "than everywhere.",
        ),
    }


CLUSTERS_DEFINED: Mapping[str, Text] = MappingProxyType(
    {
        "clusters": _T(
            "自动分群：按最近购买、天数、客单、节奏、忠诚、折扣、品类与门店集中度聚类（k-means）。",
            "Clusters find themselves: k-means over recency, days, basket, rhythm, loyalty, share of discounts, and "
            "how much one category and one store are preferred; as many as separate best.",
        ),
        "apart": _T(
            "特点：该群均值偏离全体的标准差数（千分之一）。",
            "Particular: how far the cluster's mean is from everybody's, in thousandths of standard deviations.",
        ),
    }
)


def _percent(bps: int) -> str:
    return f"{bps / 100:g}"
