@Door
package violations.upper.open;

import dev.sartor.core.Door;
