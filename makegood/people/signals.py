"""What people announces, for rooms that come later."""

from django.dispatch import Signal

person_erased = Signal()
"""Somebody is being erased: ``person`` (a husk already), ``name`` and ``addresses`` they had.

Sent inside the transaction, so that whatever is left of them elsewhere goes with it or not at all.
"""

let_in = Signal()
"""An operator, ``by``, let ``person`` in again; ``is_moved`` says whether to another address.

Sent inside the transaction: nobody is let in without a note of it.
"""

appointed = Signal()
"""Somebody became ``membership``, instead of what they or another were: ``comes_from``.

``comes_from`` lists the memberships it follows (it may be among them, where it stood already) and
the invitation it came by; none, where it is new. ``takes_in`` lists what was for less or not as
long, and is part of it now. ``by`` and ``now`` are the act's. Sent inside the
transaction, so that what bounds a role goes on to what follows it, or nothing happens at all.
"""

bounds_offered = Signal()
"""Somebody is about to be invited. Each receiver returns by what it can bound a role.

That is pairs of a key and words, as a form offers them; what is chosen comes back by ``invited``.
"""

invited = Signal()
"""Somebody was asked to be what ``invitation`` says, within ``bounds``: the keys that were chosen.

``by`` and ``now`` are the act's. Sent inside the transaction, before the letter is written.
"""

asked_again = Signal()
"""Somebody is asked again to be what open ``invitation`` says, within ``bounds``: keys, as above.

Each receiver returns whether it bounds the invitation otherwise: it is then taken back for another.
"""

bounds_asked = Signal()
"""Somebody shows ``roles``: memberships, and invitations to be members.

Each receiver returns words by role for those that it bounds: ``only in Right by People``.
"""

closing_asked = Signal()
"""Somebody asks, ``today``, to close ``organisation``. Whoever still needs it says what for, in words.

Sent inside the transaction; each receiver returns a list of words, empty where it needs
nothing (PEO-62).
"""

merging_asked = Signal()
"""Somebody asks, ``now``, to merge ``organisation`` into another. Whoever has it open says what.

Sent inside the transaction, after ``closing_asked``, and answered in the same way (PEO-75).
"""
