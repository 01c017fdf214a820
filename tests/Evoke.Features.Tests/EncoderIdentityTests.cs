using System.Text.Json;

namespace Evoke.Features.Tests;

public sealed class EncoderIdentityTests
{
    private static readonly EncoderIdentity Exact = new("swin-l", new string('a', 64), "features of length 1") { Precision = "float32" };

    [Fact]
    public void ADifferentPrecisionIsTheSameEncoderWithOtherNumbers()
    {
        EncoderIdentity fast = Exact with { Precision = "bfloat16" }, unsaid = Exact with { Precision = null };
        fast.ShouldNotBe(Exact);
        fast.IsSameEncoderAs(Exact).ShouldBeTrue();
        unsaid.IsSameEncoderAs(Exact).ShouldBeTrue();
    }

    [Fact]
    public void ADifferentNameWeightsOrSettingsIsAnotherEncoder()
    {
        Exact.IsSameEncoderAs(Exact with { Name = "swin-b" }).ShouldBeFalse();
        Exact.IsSameEncoderAs(Exact with { WeightsSha256 = new string('b', 64) }).ShouldBeFalse();
        Exact.IsSameEncoderAs(Exact with { Settings = "" }).ShouldBeFalse();
        Exact.IsSameEncoderAs(null).ShouldBeFalse();
    }

    [Fact]
    public void ItIsWrittenForPeople()
    {
        Exact.ToString().ShouldBe("swin-l (weights aaaaaaaaaaaa, features of length 1, float32)");
        new EncoderIdentity("audio-lld", Settings: "v1").ToString().ShouldBe("audio-lld (v1)");
        new EncoderIdentity("mine").ToString().ShouldBe("mine");
    }

    [Fact]
    public void WhatHasNoPrecisionDoesNotSpeakOfIt() => JsonSerializer.Serialize(new EncoderIdentity("mine")).ShouldNotContain("Precision");
}
