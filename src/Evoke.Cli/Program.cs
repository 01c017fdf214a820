Console.WriteLine("evoke");
return 0;
