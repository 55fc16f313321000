"""Intervals for shares of few answers."""

# With fewer answers a comparison would show little but chance.
ENOUGH = 5


def share_interval(right: int, answers: int) -> tuple[float, float]:
    """Compute the exact 95 per cent interval for a share."""
    from scipy.special import betaincinv

    low = betaincinv(right, answers - right + 1, 0.025) if right else 0.0
    high = betaincinv(right + 1, answers - right, 0.975) if right < answers else 1.0
    return float(low), float(high)
