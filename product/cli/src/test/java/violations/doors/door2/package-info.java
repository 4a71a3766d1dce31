@Door
package violations.doors.door2;

import dev.sartor.core.Door;
