"""Who is funded, as a small integer programme, solved by HiGHS.

For each application a choice (0 or 1) and a share of what it asked; the most merit that the
budget and the rules allow. Without whole numbers it is the linear relaxation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from makegood_engine.allocation.forms import Application, Round, Rule

Floats = NDArray[np.float64]
EXACT = 40
"""Applications up to which a plan that is asked for again and again is proved best every time."""
NEAR = 1e-3
"""The share by which such a plan may fall short of the best in a larger round."""
MOST_NODES = 20_000
"""Nodes after which an exact search stops; what gap is left is printed."""
BUDGET = "the budget"


@dataclass(frozen=True, slots=True)
class Plan:
    """One solution: `chosen` and `share` float64[n], its value, the bound on any, and the gap."""

    chosen: Floats
    share: Floats
    value: float
    bound: float
    gap: float


@dataclass(frozen=True, slots=True)
class Limit:
    """A named line of the programme: `amounts` over choices (or shares) within two ends."""

    name: str
    amounts: Floats
    of_money: bool
    lower: float
    upper: float


def limits_of(applications: Sequence[Application], round_: Round) -> list[Limit]:
    """The budget and the published rules as limits."""
    asked = np.array([each.asked for each in applications])
    budget = Limit(BUDGET, asked, of_money=True, lower=-np.inf, upper=round_.budget)
    return [budget, *(_limit(rule, applications, asked, round_) for rule in round_.rules)]


def _limit(rule: Rule, applications: Sequence[Application], asked: Floats, round_: Round) -> Limit:
    member = np.array([float(rule.holds_for(each)) for each in applications])
    money = rule.measure != "count"
    unit = round_.budget if rule.measure == "share" else 1.0
    lower = -np.inf if rule.at_least is None else rule.at_least * unit
    upper = np.inf if rule.at_most is None else rule.at_most * unit
    return Limit(rule.name, member * asked if money else member, money, lower, upper)


class Programme:
    """The programme of one round, ready to be solved for any merits.

    `whole` asks for a real set of awards; a search for one stops at a share of `gap` short of the best.
    """

    def __init__(
        self,
        applications: Sequence[Application],
        round_: Round,
        *,
        whole: bool,
        limits: Sequence[Limit] | None = None,
        gap: float = 0.0,
    ) -> None:
        self.size = len(applications)
        asked = np.array([each.asked for each in applications])
        self.weight = asked / asked.mean() if round_.weigh == "money" else np.ones(self.size)
        self.least = np.array([round_.least_share(each) for each in applications])
        self.whole = whole
        self.offset = self.size if bool((self.least < 1).any()) else 0
        self.solver = highspy.Highs()
        for option, value in (
            ("output_flag", False), ("threads", 1), ("random_seed", 0), ("mip_rel_gap", gap),
            ("mip_abs_gap", 1e-9), ("mip_max_nodes", MOST_NODES),
            ("mip_heuristic_run_feasibility_jump", False),  # two thirds of the time in small rounds
        ):  # fmt: skip
            self.solver.setOptionValue(option, value)
        found = limits_of(applications, round_) if limits is None else limits
        self.solver.passModel(self._model(found))

    def _model(self, limits: Sequence[Limit]) -> highspy.HighsLp:
        n, columns = self.size, self.size + self.offset
        places = np.arange(n)
        lines = [
            (places + limit.of_money * self.offset, limit.amounts, limit.lower, limit.upper)
            for limit in limits
        ]
        for i, least in enumerate(self.least if self.offset else []):
            lines.append((np.array([i, n + i]), np.array([1.0, -1.0]), 0.0, np.inf))
            lines.append((np.array([i, n + i]), np.array([-least, 1.0]), 0.0, np.inf))
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = columns, len(lines)
        model.sense_ = highspy.ObjSense.kMaximize
        model.col_cost_, model.col_lower_ = np.zeros(columns), np.zeros(columns)
        model.col_upper_ = np.ones(columns)
        model.row_lower_ = np.array([line[2] for line in lines], dtype=float)
        model.row_upper_ = np.array([line[3] for line in lines], dtype=float)
        kept = [np.flatnonzero(line[1]) for line in lines]
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.cumsum([0, *(len(part) for part in kept)])
        pairs = list(zip(lines, kept, strict=True))
        model.a_matrix_.index_ = np.array([i for q, k in pairs for i in q[0][k]], dtype=np.int32)
        model.a_matrix_.value_ = np.array([v for q, k in pairs for v in q[1][k]], dtype=float)
        if self.whole:
            kind = highspy.HighsVarType
            model.integrality_ = [kind.kInteger] * n + [kind.kContinuous] * self.offset
        return model

    def price(self, merit: Floats) -> None:
        """Set what a share of each application is worth: its merit, weighted."""
        self.worth(merit * self.weight)

    def worth(self, shares: Floats) -> None:
        """Set what each whole share is worth."""
        places = np.arange(self.offset, self.offset + self.size, dtype=np.int32)
        self.solver.changeColsCost(self.size, places, np.asarray(shares, dtype=np.float64))

    def at_least(self, shares: Floats, worth: float) -> None:
        """Ask that the plan is worth so much, where whole shares are worth float64[n]."""
        places = np.arange(self.offset, self.offset + self.size, dtype=np.int32)
        self.solver.addRow(worth, np.inf, self.size, places, np.asarray(shares, dtype=np.float64))

    def choose(self, place: int, low: float, high: float) -> None:
        """Fix or free one choice."""
        self.solver.changeColBounds(place, low, high)

    def give(self, place: int, low: float, high: float) -> None:
        """Fix or free one share."""
        self.solver.changeColBounds(self.offset + place, low, high)

    def solve(self) -> Plan | None:
        """Solve from where it stands; None where the limits cannot all be met."""
        self.solver.run()
        status = self.solver.getModelStatus()
        known = highspy.HighsModelStatus
        info = self.solver.getInfo()
        if status in (known.kInfeasible, known.kUnboundedOrInfeasible):
            return None
        if status != known.kOptimal and info.primal_solution_status != 2:
            return None
        column = np.array(self.solver.getSolution().col_value)
        value = float(info.objective_function_value)
        bound, gap = (
            (float(info.mip_dual_bound), float(info.mip_gap)) if self.whole else (value, 0.0)
        )
        return Plan(column[: self.size], column[self.offset :], value, bound, gap)


def clashing(
    applications: Sequence[Application], round_: Round, fixed: Mapping[int, float]
) -> list[str]:
    """The names of a smallest set of limits that cannot all be met, or none if they can.

    `fixed` are choices already made. Limits are taken away one by one; what must stay for there to
    be no solution is the clash.
    """
    limits = limits_of(applications, round_)
    if _can_be_met(applications, round_, limits, fixed):
        return []
    kept = list(limits)
    for limit in limits:
        fewer = [other for other in kept if other is not limit]
        if not _can_be_met(applications, round_, fewer, fixed):
            kept = fewer
    return [limit.name for limit in kept]


def _can_be_met(
    applications: Sequence[Application],
    round_: Round,
    limits: Sequence[Limit],
    fixed: Mapping[int, float],
) -> bool:
    programme = Programme(applications, round_, whole=True, limits=limits)
    for place, choice in fixed.items():
        programme.choose(place, choice, choice)
    return programme.solve() is not None
