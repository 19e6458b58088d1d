package io.gaesup.state.core.codec;

import io.gaesup.state.core.Extension;
import org.jspecify.annotations.Nullable;

/** Points in time as text (RFC 3339 in UTC, years 0000 to 9999): {@code 2026-11-23T20:43:25.5Z}. */
final class TimestampText {

    /* Days are counted in years that begin with March, so that the leap day is the last of its year (Hinnant, "chrono-
     * compatible low-level date algorithms", 2013). java.time would be half a megabyte of a browser build. */

    private static final int DAY_SECONDS = 86_400;
    private static final int ERA_YEARS = 400;
    private static final int ERA_DAYS = 146_097;
    private static final int YEAR_MAX = 9999;

    /** From 0000-03-01 to 1970-01-01. */
    private static final int EPOCH_DAYS = 719_468;

    private static final long SECONDS_MIN = days(0, 1, 1) * (long) DAY_SECONDS;
    private static final long SECONDS_MAX = days(YEAR_MAX + 1, 1, 1) * (long) DAY_SECONDS - 1;

    private static final int DATE_AND_TIME_LENGTH = "2026-11-23T20:43:25".length();
    private static final int FRACTION_DIGITS_MAX = 9;

    private TimestampText() {}

    /** The text, with as many threes of decimals as there must be; null beyond the years that have four digits. */
    static @Nullable String write(long seconds, int nanos) {
        if (seconds < SECONDS_MIN || seconds > SECONDS_MAX) {
            return null;
        }
        int day = Math.toIntExact(Math.floorDiv(seconds, (long) DAY_SECONDS));
        int second = (int) Math.floorMod(seconds, (long) DAY_SECONDS);
        StringBuilder text = new StringBuilder("2026-11-23T20:43:25.123456789Z".length());
        date(day + EPOCH_DAYS, text);
        digits(text.append('T'), second / 3600, 2);
        digits(text.append(':'), second / 60 % 60, 2);
        digits(text.append(':'), second % 60, 2);
        if (nanos % 1_000 != 0) {
            digits(text.append('.'), nanos, 9);
        } else if (nanos % 1_000_000 != 0) {
            digits(text.append('.'), nanos / 1_000, 6);
        } else if (nanos != 0) {
            digits(text.append('.'), nanos / 1_000_000, 3);
        }
        return text.append('Z').toString();
    }

    /** The point in time that {@code text} is, with up to nine decimals, or null. */
    static @Nullable Extension read(String text) {
        int last = text.length() - 1;
        if (last < DATE_AND_TIME_LENGTH || text.charAt(last) != 'Z') {
            return null;
        }
        if (text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return null;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, DATE_AND_TIME_LENGTH);
        int nanos = nanos(text, last);
        if (year < 0 || month < 1 || month > 12 || day < 1 || day > days(year, month)) {
            return null;
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || nanos < 0) {
            return null;
        }
        return Extension.timestamp(
                days(year, month, day) * (long) DAY_SECONDS + hour * 3600 + minute * 60 + second, nanos);
    }

    /** Appends the date so many days after 0000-03-01, which are never before 0000-01-01. */
    private static void date(int days, StringBuilder text) {
        int era = Math.floorDiv(days, ERA_DAYS);
        int dayOfEra = Math.floorMod(days, ERA_DAYS);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        digits(text, era * ERA_YEARS + yearOfEra + (month <= 2 ? 1 : 0), 4);
        digits(text.append('-'), month, 2);
        digits(text.append('-'), dayOfYear - (153 * monthFromMarch + 2) / 5 + 1, 2);
    }

    /** How many days after 1970-01-01 that date is. */
    private static int days(int year, int month, int day) {
        int yearFromMarch = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(yearFromMarch, ERA_YEARS);
        int yearOfEra = Math.floorMod(yearFromMarch, ERA_YEARS);
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * ERA_DAYS + dayOfEra - EPOCH_DAYS;
    }

    /** How many days that month has. */
    private static int days(int year, int month) {
        int next = month == 12 ? days(year + 1, 1, 1) : days(year, month + 1, 1);
        return next - days(year, month, 1);
    }

    /** The decimals after the seconds, as billionths; -1 for what are none. */
    private static int nanos(String text, int end) {
        if (end == DATE_AND_TIME_LENGTH) {
            return 0;
        }
        int count = end - DATE_AND_TIME_LENGTH - 1;
        if (text.charAt(DATE_AND_TIME_LENGTH) != '.' || count < 1 || count > FRACTION_DIGITS_MAX) {
            return -1;
        }
        int nanos = number(text, DATE_AND_TIME_LENGTH + 1, end);
        for (int i = count; i < FRACTION_DIGITS_MAX && nanos >= 0; i++) {
            nanos *= 10;
        }
        return nanos;
    }

    /** The number of up to nine digits between {@code from} and {@code to}, or -1. */
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + c - '0';
        }
        return number;
    }

    private static void digits(StringBuilder text, int number, int count) {
        int unit = 1;
        for (int i = 1; i < count; i++) {
            unit *= 10;
        }
        for (; unit > 0; unit /= 10) {
            text.append((char) ('0' + number / unit % 10));
        }
    }
}
