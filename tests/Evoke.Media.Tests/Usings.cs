global using Evoke.Testing;
