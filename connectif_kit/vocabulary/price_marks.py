"""Currencies by their ISO 4217 codes, and how shops write them beside a price.

A currency that is missing here makes a price refused, never wrong. Codes that are English words
(ALL, TOP, CUP) are left out. A mark that several currencies share stands with each of them.
"""

from __future__ import annotations

_WRITTEN = """
AED Dhs DH
ARS $ AR$
AUD $ A$ AU$ AU
BGN лв
BHD
BOB $ Bs
BRL R$
CAD $ C$ CA$ CAN$ CDN$ CA
CHF chf SFr Fr
CLP $ CLP$
CNY ¥ ￥ 元
COP $ COL$
CRC ₡
CZK Kč
DKK kr Kr KR
DOP $ RD$
DZD
EGP
EUR € eur euro euros Euro EURO
GBP £ gbp
GEL ₾
GTQ
HKD $ HK$
HNL
HRK kn
HUF Ft
IDR Rp
ILS ₪
INR ₹ Rs
IQD
ISK kr Kr KR
JOD
JPY ¥ ￥ 円
KES
KRW ₩ 원
KWD KD
KZT ₸
LYD
MAD DH
MXN $ MX$ MEX$
MYR RM
NGN ₦
NIO $
NOK kr Kr KR
NZD $ NZ$ NZ
OMR
PEN S/
PHP ₱
PKR Rs
PLN pln zł Zł zl
PYG ₲
QAR
RON lei Lei LEI
RSD
RUB ₽ руб р Р
SAR
SEK kr Kr KR
SGD $ S$ SG$
THB ฿
TND
TRY ₺ TL
TWD $ NT$
UAH ₴ грн
USD $ US$ US usd
UYU $ $U
VES
VND ₫ đ
XAF Fr
XOF Fr
ZAR R
"""


def _by_mark() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for code, *marks in (line.split() for line in _WRITTEN.strip().splitlines()):
        for mark in (code, *marks):
            found.setdefault(mark, set()).add(code)
    return {mark: frozenset(codes) for mark, codes in found.items()}


MARKS = _by_mark()
"""What stands beside a price, and the currencies that it can mean."""

ABBREVIATED = ("kr", "Kr", "KR", "Rs", "Fr", "SFr", "Bs", "Rp", "S/", "руб", "грн", "лв", "р", "Р")
"""Marks that are also written with a point behind them: `Rs.500` is 500, `$.50` is 0.50."""

THREE_DECIMALS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
"""Currencies that have thousandths, not hundredths."""
