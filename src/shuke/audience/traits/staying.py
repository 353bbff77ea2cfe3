"""BG/NBD: how often members buy, whether they will come again, and how often.

While she stays, a member buys at a rate of her own; after each purchase she may leave for good, with a probability of
her own. Rates are gamma (r, alpha) and probabilities beta (a, b) over the members. Fader, Hardie and Lee (2005),
"Counting Your Customers" the Easy Way.

Of each member three things count: how often she bought again (`again`), when she last did (`last`) and how long she is
known (`known`), both reckoned from her first purchase, in one unit of time.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.polynomial.legendre import leggauss
from scipy.optimize import minimize
from scipy.special import betaincinv, expit, gammaln, hyp2f1, psi

from shuke.audience.traits.arrays import Floats, Places, weighed

_BOUND = 12.0
"""Of a parameter's logarithm: what is beyond e^12 says that the members do not differ."""


@dataclass(frozen=True, slots=True)
class Histories:
    """Histories that occur, and how many members have each."""

    again: Floats
    last: Floats
    known: Floats
    members: Floats

    @classmethod
    def of(cls, again: Floats, last: Floats, known: Floats) -> "Histories":
        (again, last, known), members = weighed(again, last, known)
        return cls(again, last, known, members)


@dataclass(frozen=True, slots=True)
class Staying:
    """Parameters, `alpha` in the unit of time of what they were fitted to."""

    r: float
    alpha: float
    a: float
    b: float

    def alive(self, again: Floats, last: Floats, known: Floats) -> Floats:
        """The probability that she has not left. Who never bought again cannot have left: by this model one leaves
        after a purchase other than the first."""
        return np.where(again > 0, expit(-self._odds_of_having_left(again, last, known)), 1.0)

    def purchases(self, again: Floats, last: Floats, known: Floats, ahead: float) -> Floats:
        """How many are expected within `ahead` from now.

        The published form is brought to one whose series has small parameters (Euler's transformation), so that members
        who bought hundreds of times are no matter. Where it still has no value or has cancelled away (0/0 at a = 1, a
        and b beyond reason), what it is the integral of is added up instead.
        """
        rate = (self.r + again) / (self.alpha + known) * ahead
        with np.errstate(all="ignore"):
            expected = self._closed(again, known, ahead)
        odd = ~((expected >= 0) & (expected <= rate * (1 + 1e-9))) | (abs(self.a - 1) < _NEAR)
        expected[odd] = self._added_up(again[odd], known[odd], ahead)
        return np.asarray(expected * self.alive(again, last, known), dtype=np.float64)

    def _closed(self, again: Floats, known: Floats, ahead: float) -> Floats:
        """Of who has not left."""
        beyond = self.alpha + known
        rest = hyp2f1(self.a + self.b - 1 - self.r, self.a - 1, self.a + self.b + again - 1, ahead / (beyond + ahead))
        staying = 1 - (beyond / (beyond + ahead)) ** (self.a - 1) * rest
        return np.asarray((self.a + self.b + again - 1) / (self.a - 1) * staying, dtype=np.float64)

    def _added_up(self, again: Floats, known: Floats, ahead: float) -> Floats:
        """The same over the probabilities to leave, (1 - (beyond / (beyond + p * ahead))^(r + again)) / p each."""
        places, weights = leggauss(_PLACES)
        leaving = betaincinv(self.a, (self.b + again)[:, None], (places + 1) / 2)
        leaving = np.maximum(leaving, 1e-200)
        bought = -np.expm1(-(self.r + again)[:, None] * np.log1p(leaving * (ahead / (self.alpha + known))[:, None]))
        return np.asarray((bought / leaving) @ weights / 2, dtype=np.float64)

    def _odds_of_having_left(self, again: Floats, last: Floats, known: Floats) -> Floats:
        """Their logarithm, for who bought again."""
        before = self.b + np.maximum(again, 1) - 1
        quiet = np.log(self.alpha + known) - np.log(self.alpha + last)
        return np.asarray(np.log(self.a) - np.log(before) + (self.r + again) * quiet, dtype=np.float64)


_NEAR = 1e-6
_PLACES = 64
"""At which the probability to leave is looked at, where the closed form has no value."""


def fit(histories: Histories) -> Staying | None:
    """The likeliest parameters; None where nobody bought again, which tells nothing."""
    if not np.any(histories.again > 0):
        return None
    scale = 10.0 / float(np.average(histories.known, weights=histories.members))
    scaled = Histories(histories.again, histories.last * scale, histories.known * scale, histories.members)
    counts, which = np.unique(scaled.again, return_inverse=True)
    found = minimize(
        partial(_unlikelihood, scaled, counts, which),
        np.zeros(4),
        jac=True,
        method="L-BFGS-B",
        bounds=[(-_BOUND, _BOUND)] * 4,
        options={"maxiter": 500, "ftol": 1e-13, "gtol": 1e-8},
    )
    r, alpha, a, b = (float(each) for each in np.exp(found.x))
    return Staying(r, alpha / scale, a, b)


def _unlikelihood(known: Histories, counts: Floats, which: Places, logs: Floats) -> tuple[float, Floats]:
    """Mean negative log-likelihood and its gradient, by the parameters' logarithms."""
    r, alpha, a, b = np.exp(logs)
    again, weights = known.again, known.members / known.members.sum()
    bought = (gammaln(r + counts) - gammaln(r) + r * np.log(alpha))[which]
    stayed = (gammaln(a + b) + gammaln(b + counts) - gammaln(b) - gammaln(a + b + counts))[which]
    known_log, last_log = np.log(alpha + known.known), np.log(alpha + known.last)
    before = b + np.maximum(again, 1) - 1
    still = -(r + again) * known_log
    left = np.where(again > 0, np.log(a) - np.log(before) - (r + again) * last_log, -np.inf)
    either = np.logaddexp(still, left)
    of_still, of_left = np.exp(still - either), np.exp(left - either)
    slopes = (
        (psi(r + counts) - psi(r) + np.log(alpha))[which] - of_still * known_log - of_left * last_log,
        r / alpha - (r + again) * (of_still / (alpha + known.known) + of_left / (alpha + known.last)),
        (psi(a + b) - psi(a + b + counts))[which] + of_left / a,
        (psi(a + b) + psi(b + counts) - psi(b) - psi(a + b + counts))[which] - of_left / before,
    )
    gradient = np.array([float(weights @ slope) for slope in slopes]) * np.array([r, alpha, a, b])
    return -float(weights @ (bought + stayed + either)), -gradient
