using Evoke.Tensors.AnyFormat;
using Evoke.Tensors.Pth;
using Evoke.Tensors.SafeTensors;
using Evoke.Testing;

namespace Evoke.Tensors.Tests;

public sealed class WeightFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheFormatIsToldByTheContentNotTheName()
    {
        SafeTensorsWriter.Write(_folder.File("looks-like.pth"), [], [TensorSource.FromFloats("a", [1], new float[] { 1 })]);
        using TensorFile file = WeightFile.Open(_folder.File("looks-like.pth"));
        file.Format.ShouldBe(TensorFileFormat.SafeTensors);
        file.ReadFloats("a").ShouldBe([1]);
    }

    [Fact]
    public void WithoutOptionsUnknownClassesAreRefusedAndThePrefixOfAllNamesGoes()
    {
        WeightFileOptions plain = new();
        (plain.UnknownClasses, plain.StripModulePrefix).ShouldBe((UnknownClasses.Refuse, true));
        plain.ShouldBe(WeightFileOptions.Default);
        Should.Throw<ArgumentException>(() => SafeTensorsWriter.Write("", [], [])).ParamName.ShouldBe("path");
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("<!DOCTYPE html><html></html>", "web page")]
    [InlineData("version https://git-lfs.github.com/spec/v1\n", "Git LFS")]
    [InlineData("\u0080\u0004\u0095........", "bare pickle")]
    [InlineData("\u0089HDF\r\n\u001a\n", "HDF5")]
    [InlineData("hello world, this is no tensor", "68656C6C")]
    public void WhatIsNoWeightFileIsNamedForWhatItIs(string latin1, string what)
    {
        File.WriteAllBytes(_folder.File("x"), System.Text.Encoding.Latin1.GetBytes(latin1));
        Should.Throw<UnknownTensorFormatException>(() => WeightFile.Open(_folder.File("x"))).Message.ShouldContain(what);
    }
}
