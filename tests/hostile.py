"""Texts that would do harm where they are taken for anything but text."""

__all__ = ["HOSTILE"]

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "]]><svg onload=alert(1)>",
    "</script><svg onload=alert(1)>",
    "&lt;script&gt; &amp; &#60;",
    "javascript:alert('x')",
    "{{constructor.constructor('alert(1)')()}}",
    "<!--<b>-->",
    "<b>Kim</b> & 'co'",
]
