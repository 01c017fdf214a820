using Evoke.Curves.Export.Chapters;
using Evoke.Curves.Tests.Markers;

namespace Evoke.Curves.Tests.Chapters;

public sealed class WebVttChaptersTests
{
    [Fact]
    public void ChaptersFillTheVideo() => Text(100.5, new(61.25, "b & <c> --> d"), new(3, "a")).ShouldBe(
        "WEBVTT\n\nchapter-1\n00:00:00.000 --> 00:00:03.000\nopening\n\nchapter-2\n00:00:03.000 --> 00:01:01.250\na\n\n"
        + "chapter-3\n00:01:01.250 --> 00:01:40.500\nb &amp; &lt;c&gt; --&gt; d\n");

    [Fact]
    public void ATitleIsOneLineAndNeverEmpty() =>
        Text(20, new(0, "a\n\nb"), new(5, " "), new(10, "c")).ShouldBe(
            "WEBVTT\n\nchapter-1\n00:00:00.000 --> 00:00:05.000\na  b\n\nchapter-2\n00:00:05.000 --> 00:00:10.000\n-\n\n"
            + "chapter-3\n00:00:10.000 --> 00:00:20.000\nc\n");

    [Fact]
    public void WhatBeginsAtTheEndOrTogetherWithAnotherIsLeftOut() =>
        Text(20, new(0, "a"), new(0, "b"), new(20, "c"), new(25, "d")).ShouldBe("WEBVTT\n\nchapter-1\n00:00:00.000 --> 00:00:20.000\na\n");

    private static string Text(double duration, params Chapter[] chapters) => MarkedFilms.Text(stream => WebVttChapters.Write(chapters, duration, stream));
}
