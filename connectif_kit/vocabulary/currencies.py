"""Currencies: ISO 4217's codes, and the signs that shops write instead of them.

A sign may be of several currencies: `$` is the dollar's and the peso's, so by itself it tells only
which it is not.
"""

_ALL = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD"
    " CAD CDF CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP"
    " GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD"
    " KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO"
    " NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS"
    " SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST"
    " XAF XCD XOF XPF YER ZAR ZMW ZWL"
)
CODES = frozenset(_ALL.split())

_DOLLARS = (
    "USD CAD AUD NZD MXN ARS CLP COP UYU SGD HKD TWD BRL DOP NAD FJD JMD TTD BSD BBD BZD"
    " XCD KYD LRD GYD SRD BOB NIO"
)
_CROWNS = "SEK NOK DKK ISK"

SIGNS: dict[str, frozenset[str]] = {
    sign: frozenset(codes.split())
    for sign, codes in {
        **dict.fromkeys(("€", "euro", "euros"), "EUR"),
        "£": "GBP EGP LBP SYP GIP FKP SHP",
        "$": _DOLLARS,
        **dict.fromkeys(("us$", "u$s", "u$d"), "USD"),
        **dict.fromkeys(("c$", "ca$", "cad$"), "CAD NIO"),
        **dict.fromkeys(("a$", "au$"), "AUD ARS"),
        **dict.fromkeys(("nz$",), "NZD"),
        **dict.fromkeys(("mx$", "mex$"), "MXN"),
        **dict.fromkeys(("r$",), "BRL"),
        **dict.fromkeys(("s$",), "SGD"),
        **dict.fromkeys(("hk$",), "HKD"),
        **dict.fromkeys(("nt$",), "TWD"),
        **dict.fromkeys(("₺", "tl"), "TRY"),
        "₹": "INR",
        **dict.fromkeys(("rs", "rs."), "INR PKR LKR NPR MUR SCR"),
        **dict.fromkeys(("zł", "zl"), "PLN"),
        "kč": "CZK",
        "ft": "HUF",
        **dict.fromkeys(("lei", "leu"), "RON MDL"),
        **dict.fromkeys(("лв", "лв."), "BGN"),
        **dict.fromkeys(("₽", "руб", "руб.", "р."), "RUB BYN"),
        **dict.fromkeys(("kr", "kr."), _CROWNS),
        **dict.fromkeys(("¥", "￥"), "JPY CNY"),
        **dict.fromkeys(("円",), "JPY"),
        **dict.fromkeys(("元", "rmb"), "CNY"),
        "₩": "KRW KPW",
        "₪": "ILS",
        "฿": "THB",
        **dict.fromkeys(("₫", "đ"), "VND"),
        "₴": "UAH",
        "₱": "PHP CUP",
        "₦": "NGN",
        "₸": "KZT",
        "₾": "GEL",
        "₡": "CRC",
        "₲": "PYG",
        "₵": "GHS",
        "৳": "BDT",
        **dict.fromkeys(("fr", "fr.", "sfr", "sfr."), "CHF XAF XOF XPF"),
        **dict.fromkeys(("s/", "s/."), "PEN"),
        "bs": "BOB VES",
        "dh": "AED MAD",
        "rm": "MYR",
        "rp": "IDR",
    }.items()
}
