@main struct Brew { static func main() {} }
