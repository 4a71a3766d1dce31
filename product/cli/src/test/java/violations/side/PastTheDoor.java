package violations.side;

import violations.upper.hidden.Hidden;
import violations.upper.open.Open;

/// Breaks: another room's hidden package is used. The open one may be.
public final class PastTheDoor {
    Hidden hidden = new Hidden();
    Open open = new Open();
}
