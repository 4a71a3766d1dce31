@Door
package violations.doors.door4;

import dev.sartor.core.Door;
