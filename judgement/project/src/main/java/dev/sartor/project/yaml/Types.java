package dev.sartor.project.yaml;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks through Optional, List and Map at what they hold.
public final class Types {
    private Types() {}

    public static Class<?> raw(Type type) {
        return switch (type) {
            case Class<?> plain -> plain;
            case ParameterizedType generic -> (Class<?>) generic.getRawType();
            default -> throw new IllegalStateException("no setting has the type " + type);
        };
    }

    public static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }

    public static Type element(Type type) {
        var raw = raw(type);
        if (raw == Optional.class || raw == List.class) {
            return element(argument(type, 0));
        }
        return raw == Map.class ? argument(type, 1) : type;
    }
}
