package dev.sartor.curate.personal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NationalChecksTest {
    private static final Map<String, Predicate<String>> CHECKS =
            Map.ofEntries(
                    Map.entry("ssn", NationalChecks::ssn),
                    Map.entry("nino", NationalChecks::nino),
                    Map.entry("nhs", NationalChecks::nhs),
                    Map.entry("taxId", NationalChecks::taxId),
                    Map.entry("nir", NationalChecks::nir),
                    Map.entry("dni", NationalChecks::dni),
                    Map.entry("nie", NationalChecks::nie),
                    Map.entry("fiscale", NationalChecks::fiscale),
                    Map.entry("bsn", NationalChecks::bsn),
                    Map.entry("belgian", NationalChecks::belgian),
                    Map.entry("ahv", NationalChecks::ahv),
                    Map.entry("swedish", NationalChecks::swedish),
                    Map.entry("cpr", NationalChecks::cpr),
                    Map.entry("pesel", NationalChecks::pesel),
                    Map.entry("hetu", NationalChecks::hetu),
                    Map.entry("norwegian", NationalChecks::norwegian),
                    Map.entry("card", PaymentCards::mayBeGiven));

    /// Numbers that the countries' own documents, or encyclopaedias, print as examples.
    @ParameterizedTest
    @CsvSource({
        "ssn, 219099998",
        "nino, AB123456C",
        "nhs, 9434765919",
        "taxId, 86095742719",
        "taxId, 65929970489",
        "nir, 255081416802538",
        "dni, 12345678Z",
        "nie, X1234567L",
        "fiscale, RSSMRA85T10A562S",
        "bsn, 111222333",
        "belgian, 85073003328",
        "belgian, 17073003384",
        "ahv, 7569217076985",
        "swedish, 8112189876",
        "swedish, 198112189876",
        "cpr, 0707614285",
        "pesel, 44051401359",
        "pesel, 02070803628",
        "hetu, 131052308T",
        "hetu, 131052A308T",
        "norwegian, 13097248022",
        "card, 4111111111111111",
        "card, 378282246310005",
        "card, 5555555555554444",
        "card, 2223003122003222",
        "card, 6011111111111117",
        "card, 3530111333300000",
        "card, 30569309025904",
    })
    void whatIsPrintedAsAnExamplePasses(String kind, String number) {
        assertThat(CHECKS.get(kind)).accepts(number);
    }

    @ParameterizedTest
    @CsvSource({
        "ssn, 666121234",
        "ssn, 000121234",
        "ssn, 912121234",
        "ssn, 219001234",
        "ssn, 219120000",
        "ssn, 078051120",
        "nino, QQ123456C",
        "nino, AO123456C",
        "nino, GB123456C",
        "nino, AB123456E",
        "nhs, 9434765918",
        "nhs, 0000000000",
        "taxId, 86095742718",
        "taxId, 06095742719",
        "taxId, 11111111111",
        "nir, 255081416802537",
        "nir, 255131416802538",
        "nir, 955081416802538",
        "dni, 12345678A",
        "nie, X1234567M",
        "nie, A1234567L",
        "fiscale, RSSMRA85T10A562T",
        "fiscale, RSSMRA85G10A562S",
        "bsn, 111222334",
        "bsn, 000000000",
        "belgian, 85073003329",
        "belgian, 85133003328",
        "ahv, 7569217076984",
        "ahv, 7559217076985",
        "swedish, 8112189877",
        "swedish, 8113189876",
        "swedish, 218112189876",
        "cpr, 3113991234",
        "cpr, 3002991234",
        "pesel, 44051401358",
        "pesel, 44053201359",
        "hetu, 131052308S",
        "hetu, 131052Z308T",
        "norwegian, 13097248023",
        "norwegian, 13097248032",
        "card, 4111111111111112",
        "card, 9111111111111111",
        "card, 41111111111111",
    })
    void oneDigitOrLetterElseDoesNot(String kind, String number) {
        assertThat(CHECKS.get(kind)).rejects(number);
    }
}
