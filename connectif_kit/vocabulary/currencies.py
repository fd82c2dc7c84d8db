"""Currencies: ISO 4217's codes and decimals, and how shops write them beside a price. The one table.

A currency that is missing here makes a price refused, never wrong. A mark may be of several
currencies: `$` is the dollar's and the peso's, so by itself it tells only which it is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_BESIDE_PRICES = """
AED Dhs DH
ARS $ AR$ (a$) (au$)
AUD $ A$ AU$
BGN лв.
BHD:3
BOB $ Bs.
BRL R$ ($)
CAD $ C$ CA$ CAN$ CDN$ (cad$)
CHF chf SFr. Fr.
CLP:0 $ CLP$
CNY ¥ ￥ 元 (rmb)
COP $ COL$
CRC ₡
CZK Kč
DKK kr. Kr. KR.
DOP $ RD$
DZD DA
EGP (£)
EUR € eur euro euros Euro EURO
GBP £ gbp
GEL ₾
GTQ Q
HKD $ HK$
HNL
HRK kn
HUF Ft
IDR Rp.
ILS ₪
INR ₹ Rs.
IQD:3
ISK:0 kr. Kr. KR.
JOD:3
JPY:0 ¥ ￥ 円
KES KSh Ksh
KRW:0 ₩ 원
KWD:3 KD
KZT ₸
LYD:3
MAD DH
MXN $ MX$ MEX$
MYR RM
NGN ₦
NIO $ (c$) (ca$) (cad$)
NOK kr. Kr. KR.
NZD $ NZ$
OMR:3
PEN S/.
PHP ₱
PKR Rs.
PLN pln zł Zł zl
PYG:0 ₲
QAR QR
RON lei Lei LEI (leu)
RSD
RUB ₽ руб. р. Р.
SAR SR
SEK kr. Kr. KR.
SGD $ S$ SG$
THB ฿
TND:3
TRY ₺ TL
TWD $ NT$
UAH ₴ грн.
USD $ US$ usd (u$s) (u$d)
UYU $ $U
VES (bs)
VND:0 ₫ đ
XAF:0 FCFA CFA Fr. (sfr)
XOF:0 FCFA CFA Fr. (sfr)
ZAR R
"""
"""A code, its decimals where they are not two, and its marks, as they stand beside a price.

A mark with a point at its end is also written so: `Rs.500` is 500, `$.50` is 0.50. One in parentheses
is known in a text that names a currency and holds no price: a column of currencies.
"""

_ELSEWHERE = """
BBD $
BDT ৳
BSD $
BYN ₽ руб р
BZD $
CUP ₱
FJD $
FKP £
GHS ₵
GIP £
GYD $
JMD $
KPW ₩
KYD $
LAK ₭
LBP £
LKR rs
LRD $
MDL lei leu
MNT ₮
MUR rs
NAD $
NPR rs
SCR rs
SHP £
SRD $
SYP £
TTD $
XCD $
XPF:0 fr sfr
"""
"""Those that are not read beside a price, with what they share with others."""

_BY_CODE_ALONE = """
AFN ALL AMD ANG AOA AWG AZN BAM BIF:0 BMD BND BTN BWP CDF CLF:4
CVE DJF:0 ERN ETB GMD GNF:0 HTG IRR KGS KHR KMF:0 LSL MGA MKD
MMK MOP MRU MVR MWK MZN PAB PGK RWF:0 SBD SDG SLE SOS SSP STN
SVC SZL TJS TMT TOP TZS UGX:0 UZS VED VUV:0 WST YER ZMW ZWL
"""
"""And those without a mark. `ALL`, `TOP` and `CUP` are words too: none of these stands beside a price."""

_COUNTRIES = {"US": "USD", "AU": "AUD", "CA": "CAD", "NZ": "NZD"}
"""What stands before a dollar sign; by itself it is not a currency: `ca. 12 €`."""


def _lines(table: str) -> Iterable[tuple[str, list[str]]]:
    """Each code of a table, and its marks as they are written there."""
    for code, *marks in filter(None, map(str.split, table.splitlines())):
        yield code.partition(":")[0], marks


def _collected(pairs: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for mark, code in pairs:
        found.setdefault(mark, set()).add(code)
    return {mark: frozenset(codes) for mark, codes in found.items()}


def _beside() -> Iterable[tuple[str, str]]:
    for code, marks in _lines(_BESIDE_PRICES):
        yield code, code
        yield from ((mark.rstrip("."), code) for mark in marks if mark[0] != "(")
    yield from _COUNTRIES.items()


def _alone() -> Iterable[tuple[str, str]]:
    """Marks in small letters; a single Latin letter is not a sign."""
    for code, marks in _lines(_BESIDE_PRICES + _ELSEWHERE):
        for mark in (mark.strip("().").lower() for mark in marks):
            if len(mark) > 1 or not mark.isascii() or not mark.isalpha():
                yield mark, code


_ENTRIES = (
    *(line.split()[0] for line in (_BESIDE_PRICES + _ELSEWHERE).splitlines() if line),
    *_BY_CODE_ALONE.split(),
)

CODES = frozenset(entry.partition(":")[0] for entry in _ENTRIES)
"""The codes of all currencies."""

DECIMALS = {code: int(digits or 2) for code, _, digits in (entry.partition(":") for entry in _ENTRIES)}
"""How many decimals an amount has, by code."""

THREE_DECIMALS = frozenset(code for code, decimals in DECIMALS.items() if decimals == 3)
"""Currencies that have thousandths, not hundredths."""

MARKS = _collected(_beside())
"""What stands beside a price, as it is written, and the currencies that it can mean."""

MARK_PATTERN = "|".join(re.escape(mark) for mark in sorted(MARKS, key=lambda mark: (-len(mark), mark)))
"""One of them, read alike by Python and JavaScript."""

ABBREVIATED = tuple(
    dict.fromkeys(mark[:-1] for _, marks in _lines(_BESIDE_PRICES) for mark in marks if mark[-1] == ".")
)
"""Marks that are also written with a point behind them: `Rs.500` is 500, `$.50` is 0.50."""

_SIGNS = _collected(_alone())
SIGNS = {**_SIGNS, **{f"{mark}.": _SIGNS[mark] for mark in map(str.lower, ABBREVIATED)}}
"""What names a currency in a text of its own, in small letters, and the currencies that it can mean."""
