; Installs the frozen program for one user, without an administrator: makensis installer/antq.nsi after dev.py build.
; Households, keys and settings lie elsewhere (the user's data folder) and stay when the program is removed.

Unicode true
RequestExecutionLevel user
SetCompressor /SOLID lzma

!include MUI2.nsh

!define NAME "An ninh Tổ quốc cấp xã"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\antq-desktop"

Name "${NAME}"
OutFile "..\dist\antq-desktop-setup.exe"
InstallDir "$LOCALAPPDATA\Programs\antq-desktop"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"

!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\antq-desktop.exe"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Vietnamese"

Section
  ; A newer version replaces the older one whole: nothing of the older one may be imported by it.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "..\dist\antq-desktop\*"
  WriteUninstaller "$INSTDIR\remove.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\antq-desktop.exe"
  WriteRegStr HKCU "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\remove.exe"'
SectionEnd

Section Uninstall
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\antq-desktop.exe"
  Delete "$INSTDIR\antq.exe"
  Delete "$INSTDIR\remove.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  DeleteRegKey HKCU "${KEY}"
SectionEnd
