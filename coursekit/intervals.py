"""Intervals for shares of few answers."""

# With fewer answers a comparison would show little but chance.
ENOUGH = 5


def share_interval(right: int, answers: int):
    """Compute the exact 95 per cent interval for a share.

    Examples
    --------
    >>> [round(end, 3) for end in share_interval(5, 8)]
    [0.245, 0.915]
    """
    from scipy.special import betaincinv

    low = betaincinv(right, answers - right + 1, 0.025) if right else 0.0
    high = betaincinv(right + 1, answers - right, 0.975) if right < answers else 1.0
    return float(low), float(high)
