package violations.library;

import org.slf4j.Logger;

/// Breaks: a library enters through a second room.
final class Uninvited {
    Class<?> logger = Logger.class;
}
