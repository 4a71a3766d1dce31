package dev.sartor.sources;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// XML of strangers: no document type, nothing from elsewhere, names without their prefixes.
final class Xml {
    private Xml() {}

    /// @param root the name of the outermost element
    /// @throws WebFailure where it is none, or another
    static Element parse(WebClient.Answer answer, String root) throws WebFailure {
        try {
            var factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setNamespaceAware(true);
            factory.setXIncludeAware(false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            var element =
                    builder.parse(new ByteArrayInputStream(answer.body())).getDocumentElement();
            if (!root.equals(element.getLocalName())) {
                throw new WebFailure(
                        0,
                        WebClient.shown(answer.at())
                                + " answered <"
                                + element.getLocalName()
                                + "> where <"
                                + root
                                + "> was asked for");
            }
            return element;
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new WebFailure(
                    0,
                    WebClient.shown(answer.at())
                            + " answered what is no XML ("
                            + e.getMessage()
                            + ")");
        }
    }

    static List<Element> children(Element parent, String name) {
        var all = new ArrayList<Element>();
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && name.equals(element.getLocalName())) {
                all.add(element);
            }
        }
        return all;
    }

    static Optional<Element> child(Element parent, String name) {
        return children(parent, name).stream().findFirst();
    }

    /// Of a child; empty where there is none.
    static String text(Element parent, String name) {
        return child(parent, name).map(Element::getTextContent).orElse("").strip();
    }
}
