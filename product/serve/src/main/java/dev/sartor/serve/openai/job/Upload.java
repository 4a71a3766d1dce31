package dev.sartor.serve.openai.job;

import dev.sartor.serve.http.Complaints;
import dev.sartor.serve.http.Failure;
import dev.sartor.serve.http.Refused;
import dev.sartor.serve.job.Files;
import dev.sartor.serve.job.Purpose;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;

/// A form with a file, which lies on the disk beside what is kept until it is read. Closing it removes it.
///
/// @param name that the client gave the file
record Upload(Purpose purpose, String name, Part file, Collection<Part> parts)
        implements AutoCloseable {
    private static final String CONFIG = "org.eclipse.jetty.multipartConfig";
    private static final String PURPOSE = "purpose";
    private static final String FILE = "file";
    private static final String RULE = "fine-tune or batch";
    static final int MOST_FORM_BYTES = 64 << 10;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_PURPOSE = 40;

    /// @throws Refused where it is no such form, or longer than a file may be
    static Upload of(HttpServletRequest request, Files files) {
        var type = request.getContentType();
        if (type == null || !type.startsWith("multipart/form-data")) {
            throw new Refused(
                    Failure.client(
                            415,
                            "A file is sent as multipart/form-data with the parts purpose and file.",
                            "unsupported_media_type"));
        }
        if (request.getContentLengthLong() > files.mostBytes() + MOST_FORM_BYTES) {
            throw tooLarge(files);
        }
        request.setAttribute(
                CONFIG,
                new MultipartConfigElement(
                        files.aside().toString(),
                        files.mostBytes(),
                        files.mostBytes() + MOST_FORM_BYTES,
                        0));
        var parts = parts(request, files);
        try {
            return read(parts);
        } catch (RuntimeException e) {
            remove(parts);
            throw e;
        }
    }

    private static Collection<Part> parts(HttpServletRequest request, Files files) {
        try {
            return request.getParts();
        } catch (ServletException | IOException | RuntimeException e) {
            long said = request.getContentLengthLong();
            if (said < 0 || said > files.mostBytes()) {
                throw tooLarge(files);
            }
            throw new Refused(
                    Failure.client(
                            400,
                            "The body is no whole multipart/form-data: send the parts purpose and file.",
                            "invalid_form"));
        }
    }

    private static Upload read(Collection<Part> parts) {
        var complaints = new Complaints();
        Optional<Part> file = Optional.empty();
        Optional<Purpose> purpose = Optional.empty();
        for (var part : parts) {
            if (part.getName().equals(FILE) && file.isEmpty()) {
                file = Optional.of(part);
            } else if (part.getName().equals(PURPOSE) && purpose.isEmpty()) {
                purpose = purpose(part, complaints);
            } else {
                complaints.unsupported(
                        "'" + shown(part.getName()) + "'",
                        "an upload has a purpose and a file, each once");
            }
        }
        if (purpose.isEmpty()) {
            complaints.invalid(PURPOSE, RULE, "none of these");
        }
        var name = file.map(Part::getSubmittedFileName).map(Upload::plain).orElse("");
        if (name.isBlank()) {
            complaints.invalid(FILE, "a file with a name", "none");
        }
        complaints.throwIfAny();
        return new Upload(purpose.orElseThrow(), name, file.orElseThrow(), parts);
    }

    private static Optional<Purpose> purpose(Part part, Complaints complaints) {
        try (var in = part.getInputStream()) {
            var text = new String(in.readNBytes(LONGEST_PURPOSE), StandardCharsets.UTF_8);
            return Purpose.of(text).filter(each -> each != Purpose.BATCH_OUTPUT);
        } catch (IOException e) {
            complaints.invalid(PURPOSE, RULE, "what cannot be read");
            return Optional.empty();
        }
    }

    /// The last part of a path, without what no list could show.
    private static String plain(String name) {
        var last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        return shown(
                last.codePoints()
                        .filter(c ->
                                !Character.isISOControl(c)
                                        && Character.getType(c) != Character.SURROGATE)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString()
                        .strip());
    }

    private static String shown(String text) {
        int most = Math.min(LONGEST_NAME, text.codePointCount(0, text.length()));
        return text.substring(0, text.offsetByCodePoints(0, most));
    }

    private static Refused tooLarge(Files files) {
        return new Refused(
                Failure.client(
                        413,
                        "A file may have at most "
                                + files.mostBytes()
                                + " bytes: send several smaller ones.",
                        "file_too_large"));
    }

    InputStream content() throws IOException {
        return file.getInputStream();
    }

    @Override
    public void close() {
        remove(parts);
    }

    private static void remove(Collection<Part> parts) {
        for (var part : parts) {
            try {
                part.delete();
            } catch (IOException e) {
                org.slf4j.LoggerFactory.getLogger(Upload.class).warn("a part was left behind", e);
            }
        }
    }
}
