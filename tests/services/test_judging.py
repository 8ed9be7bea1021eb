"""A report is judged where it is drawn; what an open assessment is told apart by."""

from dataclasses import replace

from app.domain.answers import Agreed, Level
from app.domain.questionnaire import Questionnaire
from app.domain.settle import settle
from app.domain.uncertainty import NOT_CLOSED
from app.formats.results import result_json
from app.render.worker import RenderProcess
from app.services.drawing import Drawing, written
from app.services.judging import Settled, Unsettled, judge
from tests.domain.cast import agreed_all
from tests.domain.test_uncertainty import crowd


def _unsettled(mlops: Questionnaire, level: int) -> Unsettled:
    return Unsettled(mlops, agreed_all(mlops, level), (), None)


def test_the_same_facts_have_the_same_digest_and_others_another(mlops: Questionnaire) -> None:
    one, again = _unsettled(mlops, 2), _unsettled(mlops, 2)
    assert one.digest() == again.digest()
    first = mlops.core[0].id
    changed = replace(one.facts, agreed={**one.facts.agreed, first: Agreed(Level(3), None)})
    assert replace(one, facts=changed).digest() != one.digest()
    assert replace(one, past=()).digest() == one.digest()


def test_ranges_follow_no_votes_before_an_anonymous_assessment_is_closed(mlops: Questionnaire) -> None:
    facts = crowd(mlops, 6)
    assert judge(Unsettled(mlops, facts, (), None).settle(), mlops).scorecard.dimensions["monitoring"].range90
    secret = Unsettled(mlops, replace(facts, anonymity="anonymous"), (), None)
    card = judge(secret.settle(), mlops).scorecard
    assert {(d.range90, d.range_why) for d in card.dimensions.values()} == {(None, NOT_CLOSED)}
    assert card.stage is not None
    assert (card.stage.stability, card.stage.stability_why) == (None, NOT_CLOSED)
    assert settle(secret.facts, mlops).ranges.stability is not None, "the close says it"


def test_what_another_process_judges_and_writes_is_the_same_bytes(mlops: Questionnaire) -> None:
    ground = _unsettled(mlops, 2)
    here = written(Drawing(ground, (), "json", "none", None))
    assert here == result_json(judge(settle(ground.facts, mlops), mlops))
    with RenderProcess() as child:
        assert child.run(written, Drawing(ground, (), "json", "none", None)) == here
        settled = Settled(mlops, ground.settle())
        assert child.run(written, Drawing(settled, (), "json", "none", None)) == here
