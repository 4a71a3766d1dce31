@echo off
rem Starts Sartor on Windows: the same steps and settings as the script `sartor`, which explains them.
rem UNTESTED: no Windows machine was at hand. `sartor test` is not offered here: run `mvn verify`.
setlocal EnableExtensions DisableDelayedExpansion

set "ROOT=%~dp0"
set "ROOT=%ROOT:~0,-1%"
set "TARGET=%ROOT%\product\cli\target"
set "STAMP=%TARGET%\sartor.stamp"
set "ARGUMENTS=%TARGET%\sartor.args"
set "AOT=%TARGET%\sartor.aot"
set "LIGHT=-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dsartor.light=true"
set "JDK="

if not defined SARTOR_JAVA_HOME goto look
call :accept "%SARTOR_JAVA_HOME%"
if defined JDK goto found
echo sartor: SARTOR_JAVA_HOME must be the home of a JDK 25, got %SARTOR_JAVA_HOME%: point it to one, or unset it to have one looked for. 1>&2
exit /b 3

:look
if defined JAVA_HOME call :accept "%JAVA_HOME%"
if not defined JDK for /f "delims=" %%j in ('where java 2^>nul') do if not defined JDK call :accept "%%~dpj.."
if not defined JDK for %%v in ("Eclipse Adoptium" "Java" "Microsoft" "Amazon Corretto" "Zulu" "BellSoft") do (
    if not defined JDK for /d %%h in ("%ProgramFiles%\%%~v\*25*") do if not defined JDK call :accept "%%~h"
)
if not defined JDK for /d %%h in ("%USERPROFILE%\.jdks\*25*") do if not defined JDK call :accept "%%~h"
if defined JDK goto found
echo sartor: Sartor needs a JDK 25 and found none: install one, such as Temurin 25 from adoptium.net, or set SARTOR_JAVA_HOME to one. 1>&2
exit /b 3

:found
set "CURRENT="
if exist "%ARGUMENTS%" if exist "%STAMP%" for /f "delims=" %%c in ('powershell -NoProfile -Command "$t=(Get-Item -LiteralPath $env:STAMP).LastWriteTimeUtc; $n=Get-ChildItem -Path $env:ROOT\pom.xml,$env:ROOT\*\pom.xml,$env:ROOT\*\*\pom.xml,$env:ROOT\samples,$env:ROOT\config,$env:ROOT\*\src\main,$env:ROOT\*\*\src\main -Recurse -ErrorAction SilentlyContinue | Where-Object { $_.LastWriteTimeUtc -gt $t } | Select-Object -First 1; if (-not $n -and (Get-Content -LiteralPath $env:STAMP -TotalCount 1) -eq $env:ROOT) { 'yes' }"') do set "CURRENT=%%c"
if defined CURRENT goto start

where mvn >nul 2>nul
if errorlevel 1 (
    echo sartor: Sartor is built by Maven 3.8.6 or newer and no mvn is on the PATH: install it from maven.apache.org. 1>&2
    exit /b 3
)
echo sartor: building Sartor ^(the first time it downloads libraries, about 4 minutes^)... 1>&2
if not exist "%TARGET%" mkdir "%TARGET%"
if exist "%STAMP%" del "%STAMP%"
> "%STAMP%.new" echo %ROOT%
pushd "%ROOT%"
set "JAVA_HOME=%JDK%"
call mvn -B -ntp -q -Dfast -DskipTests package > "%TARGET%\sartor-build.log" 2>&1 < nul
set "CODE=%ERRORLEVEL%"
popd
if not "%CODE%"=="0" (
    findstr /c:"Could not transfer" /c:"Unknown host" /c:"Connection refused" "%TARGET%\sartor-build.log" >nul
    if not errorlevel 1 (
        echo sartor: the libraries that Sartor is built with could not be downloaded: connect to the network or name a mirror in Maven's settings.xml, then run the same command again. The build's log is %TARGET%\sartor-build.log 1>&2
        exit /b 3
    )
    findstr /b /c:"[ERROR]" "%TARGET%\sartor-build.log" 1>&2
    echo sartor: the build failed; its whole log is %TARGET%\sartor-build.log 1>&2
    exit /b 70
)
powershell -NoProfile -Command "$t=$env:TARGET.Replace('\','/'); $jars=@('lib/sartor.jar') + (Get-Content -LiteralPath \"$t/sartor.libraries\" -TotalCount 1).Split(':'); $cp=($jars | ForEach-Object { \"$t/$_\" }) -join ';'; $lines=@('--enable-native-access=ALL-UNNAMED','--sun-misc-unsafe-memory-access=allow','-Xlog:disable','-Xlog:all=error:stderr','-Xlog:aot*=off,cds*=off,class+path=off:stderr','-Dorg.bytedeco.javacpp.maxPhysicalBytes=0','-Dorg.bytedeco.javacpp.maxBytes=0','-Dorg.bytedeco.javacpp.nopointergc=true','--add-exports=java.base/jdk.internal.module=ALL-UNNAMED','--add-opens=java.base/java.lang=ALL-UNNAMED','-cp',('\"' + $cp + '\"')); [IO.File]::WriteAllLines($env:ARGUMENTS, $lines); $lines[-1]='\"' + $cp + ';' + $env:ROOT.Replace('\','/') + '/benchmarks/target/sartor-benchmarks.jar\"'; [IO.File]::WriteAllLines($env:ARGUMENTS + '.bench', $lines)"
if exist "%AOT%" del "%AOT%"
"%JDK%\bin\java" "@%ARGUMENTS%" "-XX:AOTCacheOutput=%AOT%" %LIGHT% dev.sartor.cli.WarmUp >nul 2>nul < nul
move /y "%STAMP%.new" "%STAMP%" >nul

:start
rem A command is light only where it is named here: what is forgotten starts a little slower, and works.
set "FLAGS=-XX:AOTCache="%AOT%""
if "%~1"=="" set "FLAGS=-XX:AOTCache="%AOT%" %LIGHT%"
for %%c in (version completion man init template) do if "%~1"=="%%c" set "FLAGS=-XX:AOTCache="%AOT%" %LIGHT%"
for %%c in (list show compare remove) do if "%~1/%~2"=="runs/%%c" set "FLAGS=-XX:AOTCache="%AOT%" %LIGHT%"
if "%~1"=="tune" set "FLAGS=-XX:AOTCache="%AOT%" -XX:+UseSerialGC -Xmn64m"
if /i "%~1"=="bench" set "ARGUMENTS=%ARGUMENTS%.bench"
if defined SARTOR_CACHE (set "CACHE=%SARTOR_CACHE%") else (set "CACHE=%LOCALAPPDATA%\sartor\cache")
if not exist "%CACHE%\tmp" mkdir "%CACHE%\tmp" 2>nul
set "TEMPORARY="
if exist "%CACHE%\tmp" set TEMPORARY="-Djava.io.tmpdir=%CACHE%\tmp"
"%JDK%\bin\java" "@%ARGUMENTS%" %FLAGS% %TEMPORARY% "-Dsartor.cache=%CACHE%" "-Dorg.bytedeco.javacpp.cachedir=%CACHE%\javacpp" %SARTOR_JAVA_OPTIONS% dev.sartor.cli.Main %*
exit /b %ERRORLEVEL%

:accept
if not exist "%~1\release" exit /b 1
if not exist "%~1\bin\javac.exe" exit /b 1
findstr /b /r /c:"JAVA_VERSION=.25[.+\"-]" "%~1\release" >nul && set "JDK=%~f1"
exit /b 0
