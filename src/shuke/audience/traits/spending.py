"""Gamma-Gamma: what a purchase of a member is worth.

Her purchases lie around a mean of her own; means differ over the members. What is seen of her is weighed against what
is known of all: one purchase says little. Fader and Hardie (2013), The Gamma-Gamma Model of Monetary Value.
It takes for granted that how much one spends has nothing to do with how often (`how_related`).
"""

from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy.optimize import minimize
from scipy.special import gammaln, psi

from shuke.audience.traits.arrays import Floats, Places

_BOUND = 12.0


@dataclass(frozen=True, slots=True)
class Spending:
    """Parameters, `v` in the unit of money of what they were fitted to."""

    p: float
    q: float
    v: float

    def mean(self, times: Floats, mean: Floats) -> Floats:
        """What a purchase is expected to be worth, of who bought `times` for `mean` each. Of who never did, what it is
        over all (if that is finite, q > 1)."""
        sure = self.p * times + self.q - 1
        return np.asarray(self.p * (self.v + times * mean) / np.maximum(sure, _LEAST), dtype=np.float64)


_LEAST = 1e-3


def fit(times: Floats, mean: Floats) -> Spending | None:
    """The likeliest parameters, of members who bought `times` for `mean` on average, both above nothing; None of fewer
    than two."""
    if len(times) < 2:
        return None
    scale = float(np.mean(mean))
    counts, which = np.unique(times, return_inverse=True)
    found = minimize(
        partial(_unlikelihood, counts, which, times, mean / scale),
        np.array([1.0, 1.0, 0.0]),
        jac=True,
        method="L-BFGS-B",
        bounds=[(-_BOUND, _BOUND)] * 3,
        options={"maxiter": 500, "ftol": 1e-13, "gtol": 1e-8},
    )
    p, q, v = (float(each) for each in np.exp(found.x))
    return Spending(p, q, v * scale)


def how_related(times: Floats, mean: Floats) -> float:
    """The correlation of how often and how much, -1 to 1; 0 where one of them is the same for all."""
    if len(times) < 2 or np.ptp(times) == 0 or np.ptp(mean) == 0:
        return 0.0
    return float(np.corrcoef(times, mean)[0, 1])


def _unlikelihood(counts: Floats, which: Places, times: Floats, mean: Floats, logs: Floats) -> tuple[float, Floats]:
    p, q, v = np.exp(logs)
    told = p * times
    total_log = np.log(times * mean + v)
    gammas = (gammaln(p * counts + q) - gammaln(p * counts) - gammaln(q))[which]
    likely = gammas + q * np.log(v) + (told - 1) * np.log(mean) + told * np.log(times) - (told + q) * total_log
    both = psi(p * counts + q)
    slopes = (
        times * ((both - psi(p * counts))[which] + np.log(mean) + np.log(times) - total_log),
        (both - psi(q))[which] + np.log(v) - total_log,
        q / v - (told + q) / (times * mean + v),
    )
    gradient = np.array([float(np.mean(slope)) for slope in slopes]) * np.array([p, q, v])
    return -float(np.mean(likely)), -gradient
