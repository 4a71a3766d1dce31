package dev.sartor.documents.parse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;

/// Which text of an HTML page is not seen, by the attributes of the elements around it: not displayed, of no size, far
/// outside the page, or of the colour of what it stands on. Style sheets are not read, so that what a class hides is not
/// known, nor what colour it gives a ground; without any, the ground is white. Not thread-safe.
final class Visibility {
    /// Attributes that it needs.
    static final Set<String> ATTRIBUTES = Set.of("style", "hidden", "color", "bgcolor");

    private static final Pattern NOTHING = Pattern.compile("0+(?:\\.0*)?(?:[a-z]+|%)?");
    private static final Pattern FAR_OUTSIDE = Pattern.compile("-\\d{4,}(?:\\.\\d*)?(?:px|pt)?");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private record Look(boolean isHidden, Colour letters, Colour ground) {}

    private final Deque<Look> looks = new ArrayDeque<>();
    private int hiddenText;
    private boolean hasHiddenText;

    Visibility() {
        looks.push(new Look(false, Colour.BLACK, Colour.WHITE));
    }

    void enter(Attributes attributes) {
        var around = looks.element();
        var style = style(attributes);
        var ground = Colour.of(style.getOrDefault("background", ""), around.ground());
        ground = Colour.of(style.getOrDefault("background-color", ""), ground);
        var letters = Colour.of(style.getOrDefault("color", ""), around.letters());
        boolean isColoured = style.containsKey("color") || !ground.equals(around.ground());
        boolean isHidden =
                around.isHidden()
                        || attributes.getValue("hidden") != null
                        || isGone(style)
                        || (isColoured && letters.isLostOn(ground));
        looks.push(new Look(isHidden, letters, ground));
    }

    void leave() {
        boolean wasHidden = looks.pop().isHidden();
        if (wasHidden && !looks.element().isHidden() && hasHiddenText) {
            hiddenText++;
            hasHiddenText = false;
        }
    }

    /// Whether text here is seen; takes note where it is not.
    boolean shows(char[] characters, int start, int length) {
        if (!looks.element().isHidden()) {
            return true;
        }
        hasHiddenText |= !new String(characters, start, length).isBlank();
        return false;
    }

    /// Outermost hidden elements so far that held text.
    int hidden() {
        return hiddenText;
    }

    private static boolean isGone(Map<String, String> style) {
        return style.getOrDefault("display", "").equals("none")
                || style.getOrDefault("visibility", "").matches("hidden|collapse")
                || isNothing(style, "opacity")
                || isNothing(style, "font-size")
                || (style.getOrDefault("overflow", "").equals("hidden")
                        && (isNothing(style, "height") || isNothing(style, "width")))
                || isFarOutside(style, "left")
                || isFarOutside(style, "top")
                || isFarOutside(style, "text-indent");
    }

    private static boolean isNothing(Map<String, String> style, String property) {
        return NOTHING.matcher(style.getOrDefault(property, "")).matches();
    }

    private static boolean isFarOutside(Map<String, String> style, String property) {
        return FAR_OUTSIDE.matcher(style.getOrDefault(property, "")).matches();
    }

    /// Properties by name, in lower case without spaces; old attributes for colours among them.
    private static Map<String, String> style(Attributes attributes) {
        var style = new HashMap<String, String>();
        put(style, "color", attributes.getValue("color"));
        put(style, "background-color", attributes.getValue("bgcolor"));
        var written = attributes.getValue("style");
        for (var each : (written == null ? "" : written).split(";", -1)) {
            int colon = each.indexOf(':');
            if (colon > 0) {
                put(style, each.substring(0, colon), each.substring(colon + 1));
            }
        }
        return style;
    }

    private static void put(Map<String, String> style, String name, @Nullable String value) {
        if (value != null) {
            var plain = SPACE.matcher(value.toLowerCase(Locale.ROOT)).replaceAll("");
            style.put(name.strip().toLowerCase(Locale.ROOT), plain.replaceFirst("!important$", ""));
        }
    }
}
