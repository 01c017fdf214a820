using System.Reflection;
using System.Reflection.Emit;
using PureHDF;
using PureHDF.VOL.Native;

namespace Evoke.Features.Hdf5;

/// <summary>
/// Opens files through a subclass of the library's own reader of streams (PureHDF 2.2.0, <c>H5StreamDriver</c>), which is made at run time because that class
/// is internal. The library allocates as many bytes as a damaged file states and reads only then; the subclass compares the number with the file first.
/// Another version of the library that lacks a member fails with its name.
/// </summary>
internal static class Hdf5Driver
{
    private const BindingFlags Static = BindingFlags.Static | BindingFlags.NonPublic;
    private const string ReadBytes = "ReadBytes";

    private static readonly Assembly s_library = typeof(NativeFile).Assembly;
    private static readonly Lazy<(ConstructorInfo Create, MethodInfo Open)> s_made = new(Make);

    /// <summary>Opens a file; the stream stays open when the file is closed.</summary>
    public static NativeFile Open(Hdf5Stream stream)
    {
        (ConstructorInfo create, MethodInfo open) = s_made.Value;
        object driver = create.Invoke([stream, true]);
        return (NativeFile)open.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [driver, "", false, new H5ReadOptions()], null)!;
    }

    private static void ThrowIfLonger(int count, long length)
    {
        if (count < 0 || count > length)
        {
            throw new InvalidDataException(FormattableString.Invariant($"it states a structure of {(uint)count} bytes; the whole file has {length}."));
        }
    }

    private static (ConstructorInfo Create, MethodInfo Open) Make()
    {
        Type driver = s_library.GetType("PureHDF.VFD.H5StreamDriver", throwOnError: true)!;
        Type any = driver.BaseType!;
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Evoke.Features.Hdf5Driver"), AssemblyBuilderAccess.Run);
        ModuleBuilder module = assembly.DefineDynamicModule("Evoke.Features.Hdf5Driver");
        ConstructorInfo internals = DefineAccess(module);
        foreach (Assembly seen in new[] { s_library, typeof(Hdf5Driver).Assembly })
        {
            assembly.SetCustomAttribute(new CustomAttributeBuilder(internals, [seen.GetName().Name!]));
        }

        Type bounded = DefineDriver(module, driver, driver.GetConstructor([typeof(Stream), typeof(bool)]) ?? throw Missing(driver, ".ctor"));
        return (
            bounded.GetConstructor([typeof(Stream), typeof(bool)])!,
            typeof(NativeFile).GetMethod("InternalOpen", Static, [any, typeof(string), typeof(bool), typeof(H5ReadOptions)])
                ?? throw Missing(typeof(NativeFile), "InternalOpen"));
    }

    // The attribute by which the run time lets an assembly use what is internal in others.
    private static ConstructorInfo DefineAccess(ModuleBuilder module)
    {
        TypeBuilder attribute = module.DefineType("System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute", TypeAttributes.Public, typeof(Attribute));
        ConstructorInfo usual = typeof(Attribute).GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, [])!;
        DefineConstructor(attribute, usual, [typeof(string)], handedOn: 0);
        return attribute.CreateType().GetConstructor([typeof(string)])!;
    }

    private static Type DefineDriver(ModuleBuilder module, Type driver, ConstructorInfo usual)
    {
        MethodInfo read = driver.GetMethod(ReadBytes, [typeof(int)]) ?? throw Missing(driver, ReadBytes);
        MethodInfo length = driver.GetProperty("Length")?.GetMethod ?? throw Missing(driver, "Length");
        TypeBuilder bounded = module.DefineType("BoundedStreamDriver", TypeAttributes.Public | TypeAttributes.Sealed, driver);
        DefineConstructor(bounded, usual, [typeof(Stream), typeof(bool)], handedOn: 2);
        MethodBuilder method = bounded.DefineMethod(
            ReadBytes, MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.HideBySig, typeof(byte[]), [typeof(int)]);
        ILGenerator code = method.GetILGenerator();
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Callvirt, length);
        code.Emit(OpCodes.Call, typeof(Hdf5Driver).GetMethod(nameof(ThrowIfLonger), Static)!);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Call, read);
        code.Emit(OpCodes.Ret);
        bounded.DefineMethodOverride(method, read);
        return bounded.CreateType();
    }

    private static void DefineConstructor(TypeBuilder type, ConstructorInfo usual, Type[] arguments, int handedOn)
    {
        ILGenerator code = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, arguments).GetILGenerator();
        for (int argument = 0; argument <= handedOn; argument++)
        {
            code.Emit(OpCodes.Ldarg, (short)argument);
        }

        code.Emit(OpCodes.Call, usual);
        code.Emit(OpCodes.Ret);
    }

    private static MissingMemberException Missing(Type type, string member) => new(type.FullName, member);
}
