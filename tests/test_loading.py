"""Loading at one go: the collector stands still meanwhile, and is at work afterwards whatever happened."""

import gc
import subprocess
import sys

import pytest

from app.loading import at_one_go, when_used


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


def test_a_library_loads_when_something_of_it_is_asked_for() -> None:
    program = """if True:
        import sys
        from app.loading import when_used
        module = when_used("colorsys")
        before = "ONE_THIRD" in object.__getattribute__(module, "__dict__")
        print(before, module.rgb_to_hsv(0, 0, 0), when_used("colorsys") is module, sys.modules["colorsys"] is module)
    """
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False (0.0, 0.0, 0) True True"


def test_a_library_can_be_loaded_before_somebody_waits_for_it() -> None:
    program = """if True:
        from app.loading import load_now, when_used
        module = when_used("colorsys")
        load_now("colorsys")
        print("ONE_THIRD" in object.__getattribute__(module, "__dict__"))
    """
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "True"


def test_a_library_that_is_not_there_is_missed_at_once() -> None:
    with pytest.raises(ModuleNotFoundError, match="no_such_library"):
        when_used("no_such_library")


def test_a_server_holds_no_solver_no_arrays_no_pdf_reader_and_no_spreadsheets_until_they_are_needed() -> None:
    program = """if True:
        import sys
        import app.factory
        seldom = "highspy._core", "numpy._core", "pikepdf._core", "xlsxwriter.workbook"
        print([name for name in seldom if name in sys.modules])
    """
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
