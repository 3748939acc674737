"""What may be somebody's name in a sentence, as RE2 asks it of whole texts: wider than `bare` and `told`, and no wider than it must be.

Most lines of a text in Hangul hold `고객님` or `이름 확인`. Each that passes here costs a hundred times what passing it by costs.
"""

from __future__ import annotations

from typing import Final

from auditor.detectors.bare import TITLES
from auditor.detectors.han import TITLES as HAN_TITLES
from auditor.detectors.names import CN_SURNAMES, CN_SURNAMES_TWO, KR_SURNAMES, KR_SURNAMES_TWO, TH_TITLES
from auditor.detectors.spoken import BEHIND, COMMON_SURNAMES


def _but(letter: str) -> str:
    """Every syllable of Hangul but one."""
    return f"[가-{chr(ord(letter) - 1)}{chr(ord(letter) + 1)}-힣]"


_SURNAMES: Final = "".join(sorted(KR_SURNAMES | {name[0] for name in KR_SURNAMES_TWO}))
_TITLED_SURNAMES: Final = "".join(
    sorted((COMMON_SURNAMES | {name[0] for name in KR_SURNAMES_TWO}) - {"고", "선", "손"})
)
_HAN: Final = f"(?:[{''.join(sorted(CN_SURNAMES))}]|{'|'.join(CN_SURNAMES_TWO)})[一-鿿]"
HANGUL: Final = (
    rf"[{_SURNAMES}](?:[가-힣]{{2,3}}{BEHIND}(?:[^가-힣]|$)| {{1,2}}[가-힣](?: |[은는이가을를의과와]?(?:[^가-힣]|$)))"
)
IN_TEXT: Final = (
    rf"(?:{HANGUL}|[^0-9A-Za-z가-힣ก-๙一-鿿\n](?:น\.ส\.|ด\.[ชญ]\.)?[ ]?[ก-๙]{{2,20}} {{1,2}}[ก-๙]{{2}}|{_HAN})"
)
"""A name of three syllables or more, or whose syllables stand apart; in Thai, two words apart from the label; in Chinese, behind a surname."""
TITLED: Final = (
    rf"(?:^|[^가-힣])(?:[{_TITLED_SURNAMES}][가-힣]|고{_but('객')}|선{_but('생')}|손{_but('님')})[가-힣]{{0,2}}(?: ?(?:고객|회원))?(?: ?님| ?귀하| (?:씨|{TITLES}))"
    rf"|(?:{TH_TITLES})[ ]?[ก-๙]{{2,20}} {{1,2}}[ก-๙]|{_HAN}[一-鿿]?[ ]?(?:{HAN_TITLES})|(?:^|[^A-Za-z])(?:M(?:r|rs|s|iss)\.?|Khun) [A-Z]"
)
"""A name that stands beside a title in a sentence."""
ALONE: Final = (
    rf"(?:^|[^가-힣]){HANGUL}|(?:^|[^가-힣])[{_TITLED_SURNAMES}고선손][가-힣][ \t]*(?:[/,|;·、，\t(（]|$)|{_HAN}|[ก-๙]"
)
"""What `bare` finds without a title, in other scripts than Latin."""
SOMEBODY: Final = rf"{ALONE}|{TITLED}|[A-Z][A-Za-z'’-]{{0,20}},? {{1,2}}[A-Z]"
"""What every line has in which a name stands that no rule's gate saw: of any kind that `bare` finds, or of two words in Latin letters."""
