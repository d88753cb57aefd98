"""How the pages of a source are numbered: what {n} in a page marker may be."""

import re

from teikit.witness import NUMBER

HAN_DIGITS = "〇零○一二三四五六七八九十百千廿卅卌兩两壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟弌弍弎"
_SIDE = "[A-Za-zａ-ｚＡ-Ｚ上下左右前後后正背]"
_LEAF = "(?:[葉叶頁页]?[ABabＡＢａｂ上下左右前後后正背]面?)?"
# digits of any script, perhaps with a side (12, 12r, 12上); Roman; Chinese (十二, 一a, 三葉下)
PAGE_NUMBER = rf"(?:\d{{1,6}}{_SIDE}{{0,2}}|[IVXLCDMivxlcdm]{{1,12}}|[{HAN_DIGITS}]{{1,8}}{_LEAF})"


def page_pattern(template: str) -> re.Pattern[str] | None:
    """Return what finds the markers of pages: a literal text around the number of a page."""
    if not template:
        return None
    before, _, after = template.partition(NUMBER)
    return re.compile(f"{re.escape(before)}(?P<n>{PAGE_NUMBER}){re.escape(after)}")
