@Door
package violations.doors.door1;

import dev.sartor.core.Door;
