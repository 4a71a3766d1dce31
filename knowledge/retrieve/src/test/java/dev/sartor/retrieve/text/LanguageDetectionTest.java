package dev.sartor.retrieve.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.retrieve.split.Terms;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageDetectionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ENGLISH    | The notice period is thirty days and begins with the first of the month.",
                "GERMAN     | Die Kündigung ist schriftlich und mit einer Frist von drei Monaten zu erklären.",
                "FRENCH     | Le contrat est résilié par écrit, avec un préavis de trois mois.",
                "SPANISH    | El contrato se puede rescindir por escrito con un plazo de tres meses.",
                "ITALIAN    | Il contratto può essere disdetto per iscritto con un preavviso di tre mesi.",
                "PORTUGUESE | O contrato pode ser rescindido por escrito e com uma antecedência de três meses, não mais.",
                "DUTCH      | De huurder kan het contract schriftelijk opzeggen met een termijn van drie maanden.",
                "SWEDISH    | Avtalet kan sägas upp skriftligt och med en frist på tre månader av den som hyr.",
                "DANISH     | Aftalen kan opsiges skriftligt af den, der lejer, med et varsel på tre måneder.",
                "NORWEGIAN  | Avtalen kan sies opp skriftlig av den som leier, men ikke etter at huset er solgt.",
                "FINNISH    | Sopimus on irtisanottava kirjallisesti, ja se päättyy kun kolme kuukautta on kulunut.",
                "CATALAN    | El contracte es pot rescindir per escrit amb un termini de tres mesos, però no abans.",
                "ROMANIAN   | Contractul poate fi reziliat în scris, cu un preaviz de trei luni, dar nu mai devreme.",
                "CZECH      | Smlouvu je možné vypovědět písemně, a to ve lhůtě tří měsíců, pokud není dohodnuto jinak.",
                "HUNGARIAN  | A szerződés csak írásban mondható fel, és a felmondási idő három hónap, ha nincs más.",
                "TURKISH    | Sözleşme yazılı olarak ve üç ay önce feshedilebilir, ancak bu süre daha kısa değil.",
                "INDONESIAN | Perjanjian ini dapat diakhiri secara tertulis dengan pemberitahuan untuk tiga bulan.",
                "RUSSIAN    | Договор может быть расторгнут письменно, но не позже чем за три месяца до его конца.",
                "BULGARIAN  | Договорът може да бъде прекратен писмено и със срок от три месеца, но не по-късно.",
                "SERBIAN    | Ugovor se može raskinuti samo pismeno, ali ne kasnije nego što je to bilo dogovoreno.",
                "GREEK      | Η σύμβαση καταγγέλλεται εγγράφως με προθεσμία τριών μηνών.",
                "ARABIC     | يمكن إنهاء العقد كتابة مع إشعار قبل ثلاثة أشهر من هذا التاريخ الذي تم الاتفاق عليه.",
                "PERSIAN    | این قرارداد را می توان به صورت کتبی و با اطلاع سه ماهه فسخ کرد و این برای همه است.",
                "HINDI      | यह अनुबंध तीन महीने की सूचना के साथ लिखित रूप में समाप्त किया जा सकता है।",
                "CJK        | 契約は三か月前に書面で通知することにより解約できます。",
                "CJK        | 合同可以提前三个月以书面形式解除。",
                "CJK        | 계약은 세 달 전에 서면으로 해지할 수 있습니다."
            })
    void aSentenceTellsItsLanguage(Analysis language, String sentence) {
        assertThat(LanguageDetection.of(sentence)).contains(language);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a language that is not among them | Umowa może zostać wypowiedziana pisemnie z zachowaniem trzymiesięcznego terminu, jeżeli strony tak postanowiły.",
                "another one                       | Mkataba huu unaweza kusitishwa kwa maandishi kwa taarifa ya miezi mitatu.",
                "names and figures                 | Heron 80 kg 4 h, Kestrel 95 kg 6 h, Merlin 60 kg 3 h",
                "a word that is one of many languages' | De la Cruz",
                "code                              | int x = y + f(z); return x << 2;",
                "nothing                           | ' '"
            })
    void whatTellsNoLanguageIsNotGuessedAt(String what, String text) {
        assertThat(LanguageDetection.of(text)).as(what).isEmpty();
    }

    @Test
    void aNameThatComesAgainAndAgainTellsLittle() {
        assertThat(
                        LanguageDetection.of(
                                "Teams from the south are the Los Angeles Rams, the Los Angeles"
                                        + " Lakers, Los Angeles Clippers, Los Angeles Dodgers, Los"
                                        + " Angeles Kings and Los Angeles Angels."))
                .contains(Analysis.ENGLISH);
    }

    @Test
    void aLongTextIsToldByItsBeginning() {
        var english = "The notice period is thirty days and begins with the first of the month. ";
        var german = "Die Kündigung ist schriftlich und mit einer Frist zu erklären. ";
        int times = LanguageDetection.LOOKED_AT / english.length() + 1;
        assertThat(LanguageDetection.of(english.repeat(times) + german.repeat(10 * times)))
                .contains(Analysis.ENGLISH);
    }

    @Test
    void everyLanguageHasAnAnalyserThatTakesATextApart() {
        var others = List.of(Analysis.AUTO, Analysis.ANY);
        for (var language : Analysis.values()) {
            try (var analyzer = language.analyzer()) {
                assertThat(Terms.of("Heron 2026", analyzer).words())
                        .as(language.label())
                        .contains("2026")
                        .hasSize(2);
            }
            assertThat(Analysis.labelled(language.label())).isEqualTo(language);
        }
        assertThat(Arrays.asList(Analysis.values())).startsWith(others.toArray(Analysis[]::new));
    }
}
