@Door
package violations.doors.door5;

import dev.sartor.core.Door;
