package dev.sartor.curate.personal;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// What a piece of personal data is. Where a kind has a checksum or a table of lengths, only what keeps to it is found.
public enum PersonalKind {
    EMAIL,
    /// In international form, or in the national form of one of the regions asked for.
    PHONE,
    /// Of 85 countries: its length, and remainder 1 by 97 (ISO 13616).
    IBAN,
    /// Its issuer's numbers and lengths, and Luhn's check digit (ISO/IEC 7812).
    PAYMENT_CARD,
    /// IPv4 and IPv6, without those that name no machine but one's own.
    IP_ADDRESS,
    MAC_ADDRESS,
    /// Has no check digit: areas, groups and serials that were never given are left out.
    US_SSN,
    /// Has no check digit: letters that were never given are left out.
    UK_NINO,
    /// Modulo 11.
    UK_NHS,
    /// ISO 7064, MOD 11,10; and which digits may repeat.
    DE_TAX_ID,
    /// The key is 97 less the remainder by 97.
    FR_NIR,
    /// The letter follows from the remainder by 23; foreigners' NIE too.
    ES_DNI,
    /// The check character, also where digits are written as letters (omocodia).
    IT_CODICE_FISCALE,
    /// The eleven test.
    NL_BSN,
    /// 97 less the remainder by 97.
    BE_NATIONAL_NUMBER,
    /// Luhn, and a date; samordningsnummer too.
    SE_PERSONNUMMER,
    /// Modulo 10 with weights 1, 3, 7, 9, and a date.
    PL_PESEL,
    /// Modulo 31, and a date.
    FI_HETU,
    /// Two digits modulo 11, and a date; D numbers too.
    NO_FODSELSNUMMER,
    /// Begins with 756; the check digit of EAN-13.
    CH_AHV,
    /// Has no check digit since 2007: a date alone, so that it needs a word near it.
    DK_CPR,
    /// From an `EntityFinder`.
    PERSON,
    /// From an `EntityFinder`.
    LOCATION,
    /// From an `EntityFinder`.
    ORGANISATION;

    /// Those that a state gives to a person.
    static final Set<PersonalKind> NATIONAL =
            Collections.unmodifiableSet(EnumSet.range(US_SSN, DK_CPR));

    /// As it stands in settings and records, such as `payment_card`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
