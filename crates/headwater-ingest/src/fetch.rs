//! Pages of the web by address, politely and within bounds.
//!
//! One request at a time; between two to one host lies a delay, longer where the host's robots.txt asks for it, and
//! what robots.txt forbids is not read. Redirects are followed one by one and checked as the first address was.
//! Private addresses are refused after the look-up of the name, by the resolver that the connection uses, so that a
//! name cannot change its address in between. Pages may be kept in a folder and are then asked for only if changed.

use crate::FetchOptions;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::Read;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::PathBuf;
use std::time::{Duration, Instant};
use texting_robots::Robot;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use url::Url;

/// Who asks.
const USER_AGENT: &str =
    concat!("headwater/", env!("CARGO_PKG_VERSION"), " (+", env!("CARGO_PKG_REPOSITORY"), ")");

/// The name that robots.txt is searched for.
const ROBOT_NAME: &str = "headwater";

/// Redirects that are followed.
const MAX_REDIRECTS: usize = 5;

/// Bytes of a robots.txt; RFC 9309 asks for at least 500 KiB.
const MAX_ROBOTS_BYTES: u64 = 512 * 1024;

/// Longest delay that a host may ask for.
const MAX_DELAY: Duration = Duration::from_secs(60);

/// Times that a host may fail to answer before it is left alone.
const MAX_SILENCES: u32 = 3;

/// Why nothing was read.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) hint: &'static str,
}

/// What was read.
#[derive(Debug)]
pub(crate) struct Response {
    /// The address at the end of all redirects.
    pub(crate) url: String,
    pub(crate) content_type: String,
    /// The server's own date.
    pub(crate) date: Option<String>,
    pub(crate) bytes: Vec<u8>,
}

/// Reads addresses.
pub(crate) struct Fetcher {
    agent: ureq::Agent,
    options: FetchOptions,
    limit: u64,
    hosts: BTreeMap<String, Host>,
}

#[derive(Default)]
struct Host {
    robots: Option<Rules>,
    last: Option<Instant>,
    silences: u32,
}

enum Rules {
    Robot(Box<Robot>),
    All,
    None,
}

/// Looks names up, and leaves out addresses that are not of the open web.
#[derive(Debug)]
struct Guard {
    inner: DefaultResolver,
    allow_private: bool,
}

#[derive(Debug)]
struct Private;

impl fmt::Display for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the host is inside a private network")
    }
}

impl std::error::Error for Private {}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &ureq::config::Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        if self.allow_private {
            return Ok(found);
        }
        let mut open = self.empty();
        for address in found.iter().filter(|a| !is_private(a.ip())) {
            open.push(*address);
        }
        if open.is_empty() { Err(ureq::Error::Other(Box::new(Private))) } else { Ok(open) }
    }
}

/// Whether an address is none of the open web: this machine, private networks, documentation, groups.
fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_private_v4(ip),
        IpAddr::V6(ip) => {
            let s = ip.segments();
            ip.is_loopback()
                || ip.is_unspecified()
                || ip.is_multicast()
                || s[0] & 0xfe00 == 0xfc00
                || s[0] & 0xffc0 == 0xfe80
                || s[0] & 0xffc0 == 0xfec0
                || s[0] == 0x2001 && s[1] == 0x0db8
                || embedded_v4(ip).is_some_and(is_private_v4)
        }
    }
}

/// The IPv4 address inside a mapped, translated or 6to4 address.
fn embedded_v4(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let s = ip.segments();
    let of = |a: u16, b: u16| Ipv4Addr::from((u32::from(a) << 16) | u32::from(b));
    match s {
        [0, 0, 0, 0, 0, 0xffff, a, b] | [0, 0, 0, 0, 0, 0, a, b] | [0x64, 0xff9b, 0, 0, 0, 0, a, b] => {
            Some(of(a, b))
        }
        [0x2002, a, b, ..] => Some(of(a, b)),
        _ => None,
    }
}

fn is_private_v4(ip: Ipv4Addr) -> bool {
    let o = ip.octets();
    ip.is_loopback()
        || ip.is_private()
        || ip.is_link_local()
        || ip.is_unspecified()
        || ip.is_broadcast()
        || ip.is_multicast()
        || ip.is_documentation()
        || o[0] == 0
        || o[0] == 100 && (64..128).contains(&o[1])
        || o[0] == 192 && o[1] == 0 && o[2] == 0
        || o[0] == 198 && (18..20).contains(&o[1])
        || o[0] >= 240
}

/// What a kept page needs to be asked for again.
#[derive(Default, serde::Serialize, serde::Deserialize)]
struct Kept {
    url: String,
    content_type: String,
    etag: Option<String>,
    modified: Option<String>,
    date: Option<String>,
}

impl Fetcher {
    /// `limit` is the greatest number of bytes of one page.
    pub(crate) fn new(options: FetchOptions, limit: u64) -> Fetcher {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(USER_AGENT)
            .accept("text/html, application/xhtml+xml, application/xml;q=0.9, application/json;q=0.8, text/plain;q=0.7")
            .timeout_global(Some(options.timeout))
            // A proxy would look the name up itself, out of the guard's sight.
            .proxy(None)
            .build();
        let guard = Guard { inner: DefaultResolver::default(), allow_private: options.allow_private };
        let agent = ureq::Agent::with_parts(config, DefaultConnector::default(), guard);
        Fetcher { agent, options, limit, hosts: BTreeMap::new() }
    }

    /// Reads one address.
    pub(crate) fn get(&mut self, address: &str) -> Result<Response, Failure> {
        let mut url = checked(address)?;
        let mut seen = BTreeSet::new();
        for _ in 0..=MAX_REDIRECTS {
            if !seen.insert(url.to_string()) {
                return Err(fail(
                    "redirect-loop",
                    "redirects lead back to where they came from",
                    "open it in a browser",
                ));
            }
            let key = self.enter(&url)?;
            let kept = self.kept(&url);
            self.wait(&key);
            let mut request = self.agent.get(url.as_str());
            if let Some((kept, _)) = &kept {
                if let Some(etag) = &kept.etag {
                    request = request.header("if-none-match", etag);
                }
                if let Some(modified) = &kept.modified {
                    request = request.header("if-modified-since", modified);
                }
            }
            let answer = request.call();
            let mut answer = self.heard(&key, answer)?;
            let status = answer.status().as_u16();
            let header =
                |name: &str| answer.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
            let (etag, modified, date) = (header("etag"), header("last-modified"), header("date"));
            let content_type = header("content-type").unwrap_or_default();
            match (status, kept) {
                (304, Some((kept, bytes))) => {
                    return Ok(Response { url: kept.url, content_type: kept.content_type, date, bytes });
                }
                (301 | 302 | 303 | 307 | 308, _) => {
                    let Some(next) = header("location").and_then(|l| url.join(&l).ok()) else {
                        return Err(fail("http-status", "redirects to no address", "open it in a browser"));
                    };
                    url = checked(next.as_str())?;
                }
                (200..=299, _) => {
                    let mut bytes = Vec::new();
                    let read = answer.body_mut().as_reader().take(self.limit + 1).read_to_end(&mut bytes);
                    if bytes.len() as u64 > self.limit {
                        let message = format!("has more than {} MB", self.limit / (1024 * 1024));
                        return Err(fail("too-large", message, "save the page and look at it"));
                    }
                    if let Err(e) = read {
                        self.silent(&key);
                        return Err(fail(
                            "broken-response",
                            format!("its answer breaks off ({e})"),
                            "try again later",
                        ));
                    }
                    let about = Kept {
                        url: url.to_string(),
                        content_type: content_type.clone(),
                        etag,
                        modified,
                        date: date.clone(),
                    };
                    self.keep(&url, &about, &bytes);
                    return Ok(Response { url: url.to_string(), content_type, date, bytes });
                }
                (status, _) => {
                    let hint = match status {
                        401..=403 => "the page is not open to all; save it in a browser and name the file",
                        404 | 410 => "the page is gone; look for it in an archive of the web",
                        429 => "the host asks for fewer requests; try again later",
                        _ => "try again later",
                    };
                    return Err(fail("http-status", format!("the host answers with status {status}"), hint));
                }
            }
        }
        Err(fail(
            "redirect-loop",
            format!("redirects more than {MAX_REDIRECTS} times"),
            "open it in a browser",
        ))
    }

    /// Whether the host is to be asked: it answers, and its robots.txt allows the page. Gives the host's key.
    fn enter(&mut self, url: &Url) -> Result<String, Failure> {
        let key = url.origin().ascii_serialization();
        if self.hosts.get(&key).is_some_and(|h| h.silences >= MAX_SILENCES) {
            return Err(fail(
                "host-silent",
                "its host gave no answer before and is left alone",
                "try again later",
            ));
        }
        if self.hosts.get(&key).is_none_or(|h| h.robots.is_none()) {
            let rules = self.robots(url, &key)?;
            self.hosts.entry(key.clone()).or_default().robots = Some(rules);
        }
        let allowed = match self.hosts.get(&key).and_then(|h| h.robots.as_ref()) {
            Some(Rules::Robot(robot)) => robot.allowed(url.as_str()),
            Some(Rules::None) => false,
            Some(Rules::All) | None => true,
        };
        if allowed {
            Ok(key)
        } else {
            Err(fail(
                "robots",
                "robots.txt of the host asks programs not to read it",
                "save the page in a browser and name the file",
            ))
        }
    }

    /// The rules of a host: all is allowed where there are none, nothing where the host cannot give them (RFC 9309).
    fn robots(&mut self, url: &Url, key: &str) -> Result<Rules, Failure> {
        let Ok(mut at) = url.join("/robots.txt") else { return Ok(Rules::All) };
        for _ in 0..=MAX_REDIRECTS {
            self.wait(key);
            let answer = self.agent.get(at.as_str()).call();
            let mut answer = self.heard(key, answer)?;
            match answer.status().as_u16() {
                200..=299 => {
                    let mut bytes = Vec::new();
                    let _ = answer.body_mut().as_reader().take(MAX_ROBOTS_BYTES).read_to_end(&mut bytes);
                    return Ok(
                        Robot::new(ROBOT_NAME, &bytes).map_or(Rules::All, |r| Rules::Robot(Box::new(r)))
                    );
                }
                301 | 302 | 303 | 307 | 308 => {
                    let next = answer.headers().get("location").and_then(|v| v.to_str().ok());
                    match next.and_then(|l| at.join(l).ok()).and_then(|u| checked(u.as_str()).ok()) {
                        Some(next) => at = next,
                        None => return Ok(Rules::All),
                    }
                }
                500..=599 => return Ok(Rules::None),
                _ => return Ok(Rules::All),
            }
        }
        Ok(Rules::All)
    }

    /// Waits until the host may be asked again.
    #[expect(
        clippy::disallowed_methods,
        reason = "a host is not asked twice at once; this is the one place that waits"
    )]
    fn wait(&mut self, key: &str) {
        let host = self.hosts.entry(key.to_owned()).or_default();
        let asked = match &host.robots {
            Some(Rules::Robot(robot)) => robot.delay.filter(|d| d.is_finite() && *d > 0.0),
            _ => None,
        };
        let asked = asked.map_or(Duration::ZERO, |s| Duration::from_secs_f32(s.min(MAX_DELAY.as_secs_f32())));
        let delay = self.options.delay.max(asked);
        if let Some(passed) = host.last.map(|last| last.elapsed())
            && passed < delay
        {
            std::thread::sleep(delay - passed);
        }
        host.last = Some(Instant::now());
    }

    fn silent(&mut self, key: &str) {
        let host = self.hosts.entry(key.to_owned()).or_default();
        host.silences += 1;
        host.last = Some(Instant::now());
    }

    /// Counts answers and silences of a host.
    fn heard<T>(&mut self, key: &str, answer: Result<T, ureq::Error>) -> Result<T, Failure> {
        match answer {
            Ok(answer) => {
                let host = self.hosts.entry(key.to_owned()).or_default();
                (host.silences, host.last) = (0, Some(Instant::now()));
                Ok(answer)
            }
            Err(e) => {
                self.silent(key);
                Err(match e {
                    ureq::Error::Other(inner) if inner.is::<Private>() => {
                        fail("private-address", inner.to_string(), "give --allow-private if you mean it")
                    }
                    ureq::Error::Timeout(_) => {
                        let message = format!(
                            "its host gave no whole answer in {} s",
                            self.options.timeout.as_secs_f32()
                        );
                        fail("host-silent", message, "try again later")
                    }
                    ureq::Error::HostNotFound => {
                        fail("host-unknown", "there is no such host", "check the address")
                    }
                    other => fail(
                        "unreachable",
                        format!("cannot be fetched ({other})"),
                        "check the address, or try again later",
                    ),
                })
            }
        }
    }

    /// The two files in which a page is kept.
    fn places(&self, url: &Url) -> Option<(PathBuf, PathBuf)> {
        let folder = self.options.cache.as_ref()?;
        let hash = blake3::hash(url.as_str().as_bytes()).to_hex();
        let name = &hash.as_str()[..32];
        Some((folder.join(format!("{name}.json")), folder.join(format!("{name}.body"))))
    }

    fn kept(&self, url: &Url) -> Option<(Kept, Vec<u8>)> {
        let (about, body) = self.places(url)?;
        let about: Kept = serde_json::from_slice(&std::fs::read(about).ok()?).ok()?;
        let bytes = std::fs::read(body).ok()?;
        (about.url == url.as_str() && (about.etag.is_some() || about.modified.is_some()))
            .then_some((about, bytes))
    }

    /// Keeps a page. That it cannot be kept costs only a second request.
    fn keep(&self, url: &Url, about: &Kept, bytes: &[u8]) {
        let Some((place, body)) = self.places(url) else { return };
        if about.etag.is_none() && about.modified.is_none() {
            return;
        }
        let write = || -> std::io::Result<()> {
            if let Some(folder) = place.parent() {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::write(&body, bytes)?;
            std::fs::write(&place, serde_json::to_vec(about)?)
        };
        let _ = write();
    }
}

/// An address that may be asked for.
fn checked(address: &str) -> Result<Url, Failure> {
    let url = Url::parse(address)
        .map_err(|e| fail("broken-address", format!("is no address ({e})"), "check the address"))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
        return Err(fail(
            "broken-address",
            "is no address of the web",
            "name an address with http:// or https://",
        ));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(fail("broken-address", "holds a user's name or password", "leave them out"));
    }
    let mut url = url;
    url.set_fragment(None);
    Ok(url)
}

fn fail(code: &'static str, message: impl Into<String>, hint: &'static str) -> Failure {
    Failure { code, message: message.into(), hint }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses() {
        for ip in [
            "127.0.0.1",
            "10.1.2.3",
            "192.168.0.1",
            "172.16.9.9",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "fe80::1",
            "fc00::1",
            "::ffff:127.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::1",
        ] {
            assert!(is_private(ip.parse().unwrap()), "{ip}");
        }
        for ip in ["1.1.1.1", "93.184.216.34", "2606:4700::1111"] {
            assert!(!is_private(ip.parse().unwrap()), "{ip}");
        }
    }

    #[test]
    fn addresses() {
        assert!(checked("https://a.example/x#y").is_ok_and(|u| u.as_str() == "https://a.example/x"));
        for bad in ["ftp://a.example", "file:///etc/passwd", "https://", "https://u:p@a.example/", "nonsense"]
        {
            assert!(checked(bad).is_err(), "{bad}");
        }
    }
}
