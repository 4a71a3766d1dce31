package dev.sartor.retrieve.text;

import dev.sartor.core.Passage;
import java.util.Locale;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.bg.BulgarianAnalyzer;
import org.apache.lucene.analysis.ca.CatalanAnalyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fa.PersianAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.sr.SerbianAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;

/// How text becomes the words that BM25 compares. All but the first two leave out a language's stop words and fold the forms
/// of its words, as Lucene's analyser for it does.
public enum Analysis {
    /// Each passage as its own language asks for, which is told when it is indexed ({@link LanguageDetection}).
    AUTO,
    /// Lower-cased words of any language.
    ANY,
    ENGLISH,
    GERMAN,
    FRENCH,
    SPANISH,
    ITALIAN,
    PORTUGUESE,
    DUTCH,
    SWEDISH,
    DANISH,
    NORWEGIAN,
    FINNISH,
    CATALAN,
    ROMANIAN,
    CZECH,
    HUNGARIAN,
    TURKISH,
    INDONESIAN,
    RUSSIAN,
    BULGARIAN,
    SERBIAN,
    GREEK,
    ARABIC,
    PERSIAN,
    HINDI,
    /// Chinese, Japanese and Korean, which set no blanks between words or other ones: each pair of neighbouring signs.
    CJK;

    public Analyzer analyzer() {
        return switch (this) {
            case AUTO -> new WordAnalyzers();
            case ANY -> new StandardAnalyzer();
            case ENGLISH -> new EnglishAnalyzer();
            case GERMAN -> new GermanAnalyzer();
            case FRENCH -> new FrenchAnalyzer();
            case SPANISH -> new SpanishAnalyzer();
            case ITALIAN -> new ItalianAnalyzer();
            case PORTUGUESE -> new PortugueseAnalyzer();
            case DUTCH -> new DutchAnalyzer();
            case SWEDISH -> new SwedishAnalyzer();
            case DANISH -> new DanishAnalyzer();
            case NORWEGIAN -> new NorwegianAnalyzer();
            case FINNISH -> new FinnishAnalyzer();
            case CATALAN -> new CatalanAnalyzer();
            case ROMANIAN -> new RomanianAnalyzer();
            case CZECH -> new CzechAnalyzer();
            case HUNGARIAN -> new HungarianAnalyzer();
            case TURKISH -> new TurkishAnalyzer();
            case INDONESIAN -> new IndonesianAnalyzer();
            case RUSSIAN -> new RussianAnalyzer();
            case BULGARIAN -> new BulgarianAnalyzer();
            case SERBIAN -> new SerbianAnalyzer();
            case GREEK -> new GreekAnalyzer();
            case ARABIC -> new ArabicAnalyzer();
            case PERSIAN -> new PersianAnalyzer();
            case HINDI -> new HindiAnalyzer();
            case CJK -> new CJKAnalyzer();
        };
    }

    /// As settings and {@link Passage#language()} name it, such as `german`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Analysis labelled(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    /// How the words of a passage are compared that was found in an index made in this way.
    public Analysis of(Passage passage) {
        if (this != AUTO) {
            return this;
        }
        return passage.language().isEmpty() ? ANY : labelled(passage.language());
    }
}
