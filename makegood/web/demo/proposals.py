"""Who promised what in the example programme, what became of it, and what really happened."""

from makegood.assess.states import Conclusion
from makegood.capture.actions import Whose
from makegood.capture.states import Basis, Consent, ToldAs, ToldFor
from makegood.contract.states import Fate
from makegood.web.demo.figures import Shape
from makegood.web.demo.script import FindingScript, PromiseScript, ProposalScript, StoryScript

NURSING = ProposalScript(
    need="nursing",
    provider="moor",
    title="Nurses who own their service",
    summary="Sixty nurses leave the trust and run the service together. Small teams plan their "
    "own weeks and answer to the people they visit.",
    began=20,
    due=-1,
    decision="The promises go well beyond what the trust could offer, and the staff stand behind them.",
    promises=(
        PromiseScript(
            for_whom="nurses and their patients",
            what_changes="fewer working days are lost to sickness",
            why="In two teams that tried it, absence fell by a full point within a year.",
            measure="sickness",
            figures=(5.6, 5.6, 4.9),
            source="The trust’s payroll, made up for the example",
            evidence=(2, "Two teams of ours tried it for a year, with figures before and after."),
            asked=(
                "nurses, patients and carers",
                12,
                "Fair Findings",
                "anyone who manages the nurses",
            ),
            told="They would say that the same few people come. Each is asked once, by post.",
            past=Shape(level=5.6, season=0.5, noise=0.28),
            worth=(40_000, 90_000, "cost of agency cover, our accounts"),
            shape=Shape(level=5.6, season=0.5, noise=0.28, change=-1.1),
            stories=(
                StoryScript(
                    words="The same nurse comes now. She knew about my brother before I had said "
                    "a word. I do not have to start again every week.",
                    told_as=ToldAs.CARER,
                    consent=Consent.NAMED,
                    first_name="Maureen",
                    easy_read="The same nurse comes each time.\nShe knows about my brother.\n"
                    "I do not have to explain everything again.",
                    is_published=True,
                ),
                StoryScript(
                    words="We plan our own week. I have not had a day off ill since Agnieszka took over "
                    "the rota, and I used to dread Mondays.",
                    told_as=ToldAs.STAFF,
                    consent=Consent.ANONYMOUS,
                    is_published=True,
                ),
                StoryScript(
                    words="It is better, but at weekends nobody answers the telephone.",
                    told_as=ToldAs.USER,
                    consent=Consent.ASSESSOR,
                ),
                StoryScript(
                    words="Bronwen from Thornbury Day Centre rings me on 01632 960123 when I do not come. "
                    "Nobody did that before.",
                    told_as=ToldAs.USER,
                    consent=Consent.PUBLIC,
                    first_name="Dot",
                    photo="Our day centre with the sun out, as I drew it.",
                ),
                StoryScript(
                    words="My mother cannot say it any more, so I say it for her: she eats again since Tom "
                    "sits with her at noon.",
                    told_as=ToldAs.CARER,
                    consent=Consent.ANONYMOUS,
                    whose=Whose(
                        told_for=ToldFor.ADULT, basis=Basis.ATTORNEY, relation="her daughter"
                    ),
                    photo="My mother’s house from the garden, where she sits again.",
                    is_on_paper=True,
                ),
                StoryScript(
                    words="One of them pulls my arm when she is in a hurry. I do not dare say so at home.",
                    told_as=ToldAs.USER,
                    consent=Consent.ASSESSOR,
                    is_afraid=True,
                ),
                StoryScript(
                    words="I would rather not have this kept after all.",
                    told_as=ToldAs.USER,
                    consent=Consent.ANONYMOUS,
                    is_withdrawn=True,
                ),
            ),
            finding=FindingScript(
                conclusion=Conclusion.DELIVERED,
                reasons="Sickness fell well below that of like services, by more than was promised. "
                "Staff and a carer describe the same change. One person misses a telephone at weekends.",
                reply="We agree. From January a nurse answers the telephone at weekends too.",
            ),
        ),
        PromiseScript(
            for_whom="people on the nurses’ list",
            what_changes="fewer posts stand empty",
            why="Forty people asked to join us before we had begun.",
            measure="vacancies",
            figures=(11.5, 11.5, 8.0),
            fate=Fate.CHANGED,
            reason="Both sides thought 8% too hard in the first two years, with pay set nationally.",
            changed_target=9.5,
            shape=Shape(level=11.5, season=0.3, noise=0.6, change=-1.1),
        ),
        PromiseScript(
            for_whom="people who wait for a first visit",
            what_changes="more are seen within four weeks",
            why="Teams that plan their own week can fit urgent visits in.",
            measure="waiting",
            figures=(72.0, 72.0, 85.0),
            worth=(60_000, 150_000, "Valley Council, cost of avoided admissions"),
            fate=Fate.NOT_CONTRACTED,
            reason="Nobody could agree who counts the days.",
        ),
    ),
)

HOME = ProposalScript(
    need="home",
    provider="tees",
    title="Home, and steady on your feet",
    summary="A mutual of occupational therapists and helpers sees people through six weeks at home.",
    signed_on_paper=("Wyn Pritchard", "Chair of the trustees"),
    began=17,
    due=-1,
    decision="A strong team with a clear plan. The alternative has not improved in years.",
    promises=(
        PromiseScript(
            for_whom="people just home from hospital",
            what_changes="fewer of them fall",
            why="Strength classes have cut falls in trials elsewhere.",
            measure="falls",
            figures=(6.2, 6.2, 5.4),
            worth=(30_000, 110_000, "Dales Health Board, cost of a fall"),
            shape=Shape(level=6.2, season=0.4, noise=1.1, change=-0.5),
        ),
        PromiseScript(
            for_whom="neighbours who want to help",
            what_changes="they give more hours",
            why="Our members already bring their neighbours.",
            measure="volunteering",
            figures=(140.0, 150.0, 180.0),
            is_compared=False,
            shape=Shape(level=140.0, season=12.0, noise=18.0, change=52.0, places=0),
            finding=FindingScript(
                conclusion=Conclusion.NOT_SHOWN,
                reasons="The hours were reached. Nothing was agreed to compare them with, so nobody "
                "can say how many would have come anyway.",
                is_published=False,
            ),
        ),
    ),
)

OWN = ProposalScript(
    need="own",
    provider="independent",
    title="Run by us, for us",
    summary="Disabled people recruit, train and pay their own assistants, with help from peers.",
    began=5,
    due=19,
    decision="The panel, half of them disabled people, chose it without a dissenting voice.",
    promises=(
        PromiseScript(
            for_whom="people who use personal assistance",
            what_changes="they decide who comes, when, and for what",
            why="Every founder has lived with the other way.",
            stories=(
                StoryScript(
                    words="I went to my niece’s wedding. Before, I would have been put to bed at nine.",
                    told_as=ToldAs.USER,
                    consent=Consent.NAMED,
                    first_name="Imran",
                    is_published=True,
                ),
            ),
        ),
        PromiseScript(
            for_whom="assistants",
            what_changes="fewer of their posts stand empty",
            why="People stay where they are chosen.",
            measure="vacancies",
            figures=(12.0, 11.5, 9.0),
            shape=Shape(level=12.0, season=0.3, noise=0.6, change=-1.5),
            months_owed=2,
        ),
    ),
)

THERAPY = ProposalScript(
    need="therapy",
    provider="harbour",
    title="A room round the corner",
    summary="Therapists and the people they work with open rooms in six neighbourhoods.",
    began=22,
    due=-2,
    decision="It answers what people asked for, at the price of the clinic.",
    promises=(
        PromiseScript(
            for_whom="people who ask for therapy",
            what_changes="more are seen within four weeks",
            why="Half of all waiting is for a room.",
            measure="waiting",
            figures=(72.0, 72.0, 84.0),
            worth=(50_000, 120_000, "Harbour City Council, days of work regained"),
            shape=Shape(level=72.0, season=2.0, noise=2.5, change=0.4, places=1),
            finding=FindingScript(
                conclusion=Conclusion.NOT_DELIVERED,
                reasons="Over two years the share seen in time moved as it did in like services. The "
                "figures rule out what was promised.",
                reply="Two of the six rooms opened a year late, for want of a lease. We would promise "
                "less now, and sooner.",
            ),
        ),
        PromiseScript(
            for_whom="therapists",
            what_changes="fewer working days are lost to sickness",
            why="A shorter journey and a say in the week.",
            measure="sickness",
            figures=(5.4, 5.4, 4.6),
            shape=Shape(level=5.4, season=0.5, noise=0.28, change=-0.45),
            finding=FindingScript(
                conclusion=Conclusion.PARTLY,
                reasons="Sickness fell more than in like services, but by less than was promised.",
                is_published=False,
            ),
        ),
    ),
)

COMPANY = ProposalScript(
    need="company",
    provider="silver",
    title="A friend on Thursdays",
    summary="Older people visit older people, every week, in twos.",
    began=2,
    due=22,
    decision="Warm, cheap and asked for by the people themselves.",
    is_contracted=False,
    promises=(
        PromiseScript(
            for_whom="older people who live alone",
            what_changes="they see someone every week",
            why="We have done it in one village for ten years.",
            evidence=(
                1,
                "Ten years in one village, and what people there told us. Nobody measured it.",
            ),
            told="They would say who comes, and whether they look forward to it.",
            asked=(
                "older people who are visited",
                40,
                "the parish council",
                "the visitors themselves",
            ),
        ),
        PromiseScript(
            for_whom="volunteers over sixty-five",
            what_changes="they give more hours",
            why="Visitors bring visitors.",
            measure="volunteering",
            figures=(140.0, 140.0, 260.0),
            worth=(15_000, 45_000, "hours at the living wage"),
        ),
    ),
)

VILLAGES = ProposalScript(
    need="nursing",
    provider="northern",
    title="Nursing for the far villages",
    summary="Two nurses and four helpers based in the villages the main service reaches last.",
    began=-1,
    due=24,
    decision="It fills the gap that the main contract leaves.",
    promises=(
        PromiseScript(
            for_whom="people in the far villages",
            what_changes="more are seen within four weeks",
            why="We live there.",
            measure="waiting",
            figures=(61.0, 65.0, 80.0),
            source="The council’s own count, made up for the example",
            past=Shape(level=61.0, season=2.0, noise=2.5, places=1),
            set_aside=(
                (
                    "ADV-16",
                    "Nobody has studied villages as far out as these. We say so, and shall find out.",
                ),
            ),
        ),
        PromiseScript(
            for_whom="village helpers",
            what_changes="fewer of their posts stand empty",
            why="Local people want local work.",
            measure="vacancies",
            figures=(14.0, 14.0, 9.0),
            fate=None,
        ),
    ),
)

GARDEN = ProposalScript(
    need="own",
    provider="independent",
    title="A garden of our own",
    summary="A walled garden run by disabled people, open to anyone who wants to grow something.",
    began=-2,
    due=25,
    promises=(
        PromiseScript(
            for_whom="people who use the garden",
            what_changes="they see friends more often",
            why="It is what people told us they miss most.",
            evidence=(
                1,
                "Forty people who use the centre were asked what they miss. Thirty said friends.",
            ),
            told="They would say whom they met in the garden. We ask at the end of each season.",
            asked=("people who use the garden", 25, "Valley Voices", "whoever runs the garden"),
        ),
    ),
)

STEADY = ProposalScript(
    need="home",
    provider="moor",
    title="Nurses on the first night home",
    summary="A nurse visits everyone on their first evening back.",
    began=-4,
    due=27,
    is_submitted=False,
    promises=(
        PromiseScript(
            for_whom="people just home from hospital",
            what_changes="fewer of them fall",
            why="Most falls happen in the first two nights.",
            measure="falls",
            figures=(6.2, 6.2, 5.0),
            source="The hospital’s list of falls, made up for the example",
            past=Shape(level=6.2, season=0.4, noise=1.1),
        ),
    ),
)

PROPOSALS = (NURSING, HOME, OWN, THERAPY, COMPANY, VILLAGES, GARDEN, STEADY)
