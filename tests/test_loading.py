"""Loading at one go: the collector stands still meanwhile, and is at work afterwards whatever happened."""

import gc
import subprocess
import sys

import pytest

from app.loading import at_one_go


def test_the_collector_stands_still_meanwhile_and_works_afterwards() -> None:
    with at_one_go():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_collector_works_again_after_a_failure() -> None:
    with pytest.raises(ImportError), at_one_go():
        raise ImportError
    assert gc.isenabled()


def test_what_was_loaded_for_good_is_not_looked_through_again() -> None:
    # In a process of its own: what is frozen stays so.
    program = """if True:
        import gc
        from app.loading import at_one_go
        with at_one_go(for_good=True):
            import decimal
        print(gc.isenabled(), gc.get_freeze_count() > 1000)
    """
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["True", "True"]
