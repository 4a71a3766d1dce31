@Door
package violations.doors.door3;

import dev.sartor.core.Door;
